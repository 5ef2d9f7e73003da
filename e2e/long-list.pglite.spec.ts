import type { Page } from "@playwright/test";
import { subject } from "./canary";
import { test as everything, expect, type Licensed } from "./fixtures";
import { seats } from "./guide";
import { newPatch, sync } from "./product";

const MANY = 3000;
const nameOf = (index: number) => subject(`user ${String(index).padStart(4, "0")}`);

const test = everything.extend<{ crowd: Licensed }>({
  crowd: async ({ issue }, use) => {
    const license = await issue({ allotments: [seats(MANY)] });
    const { number } = license;
    const patches = Array.from({ length: MANY }, (_, index) => newPatch(number, nameOf(index)));
    const source = crypto.randomUUID();
    await sync(license.site, { source, bases: [{ license: number, version: 0 }], patches });
    await use(license);
  },
});

const list = ({ number }: Licensed) => `/licenses/${number}/assignments?sort=subject`;
const rowOf = (page: Page, index: number) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name: nameOf(index), exact: true }) });

async function openList(page: Page, path: string) {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
}

const ROW_PX = 44;
const ONE_BY_ONE = { intervals: [20], timeout: 60_000 };

test("a list of thousands is scrolled page by page, and draws what is in view", async ({
  admin: page,
  crowd,
}) => {
  await openList(page, list(crowd));
  const reach = () =>
    page.evaluate(() => {
      const { scrollHeight } = document.documentElement;
      window.scrollTo(0, scrollHeight);
      return scrollHeight;
    });
  await expect.poll(reach, ONE_BY_ONE).toBeGreaterThan(500 * ROW_PX);
  await page.evaluate((top) => window.scrollTo(0, top), 400 * ROW_PX);
  const drawn = page.getByRole("row").filter({ has: page.getByRole("link", { name: /user 0[34]\d\d$/ }) });
  await expect(drawn.first()).toBeVisible();
  for (const row of await drawn.all()) {
    const index = Number((await row.getByRole("link").first().textContent())?.slice(-4));
    await expect(row).toHaveAttribute("aria-rowindex", String(index + 2));
  }
  await expect(page.getByRole("table")).toHaveAttribute("aria-rowcount", String(MANY + 1));
  expect(await page.getByRole("row").count()).toBeLessThan(100);
});

test("the keyboard walks on through pages that were not there yet", async ({ admin: page, crowd }) => {
  await openList(page, list(crowd));
  const step = async () => {
    await page.keyboard.press("j");
    return page.evaluate(() => document.activeElement?.textContent);
  };
  await expect.poll(async () => (await step()) ?? "", ONE_BY_ONE).toMatch(/user 0(2[3-9]|[3-9]\d)\d$/);
  const at = await page.evaluate(() => Number(document.activeElement?.textContent?.slice(-4)));
  const linkOf = (nth: number) => page.getByRole("link", { name: nameOf(nth), exact: true });
  const [here, before] = [linkOf(at), linkOf(at - 1)];
  await expect(here).toBeInViewport();
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(rowOf(page, 0)).toBeInViewport();
  await expect(here).toBeFocused();
  await page.keyboard.press("k");
  await expect(before).toBeFocused();
  await expect(before).toBeInViewport();
});

test("a row of a later page knows its place in the whole list", async ({ admin: page, crowd }) => {
  const { cursor } = await (
    await page.request.get(`/licenses/${crowd.number}/assignments/rows?sort=subject`)
  ).json();
  await openList(page, `${list(crowd)}&${new URLSearchParams({ cursor })}`);
  await expect(rowOf(page, 100)).toHaveAttribute("aria-rowindex", "102");
});
