import type { Page } from "@playwright/test";
import { openAlive } from "./alive";
import { subject } from "./canary";
import { test as everything, expect, type Licensed, type NewLicense } from "./fixtures";
import { seats } from "./guide";
import { newPatch, sync } from "./product";

const MANY = 1200;
/** Enough rows for three pages, and for some to be left out while scrolling. */
const FEW = 250;
const nameOf = (index: number) => subject(`user ${String(index).padStart(4, "0")}`);

const made = new Map<number, Promise<Licensed>>();

/** One license of each size per worker, because nothing here changes them. */
const test = everything.extend<{ crowd: Licensed; few: Licensed }>({
  crowd: async ({ issue }, use) => use(await licenseWith(issue, MANY)),
  few: async ({ issue }, use) => use(await licenseWith(issue, FEW)),
});

function licenseWith(issue: (license: NewLicense) => Promise<Licensed>, count: number): Promise<Licensed> {
  const license = made.get(count) ?? createLicense(issue, count);
  made.set(count, license);
  return license;
}

async function createLicense(
  issue: (license: NewLicense) => Promise<Licensed>,
  count: number,
): Promise<Licensed> {
  const license = await issue({ allotments: [seats(count)] });
  const { number } = license;
  const patches = Array.from({ length: count }, (_, index) => newPatch(number, nameOf(index)));
  const source = crypto.randomUUID();
  await sync(license.site, { source, bases: [{ license: number, version: 0 }], patches });
  return license;
}

const list = ({ number }: Licensed) => `/licenses/${number}/assignments?sort=subject`;
const rowOf = (page: Page, index: number) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name: nameOf(index), exact: true }) });

/** Scrolls to the end of the page, and returns its height. */
function scrollToEnd(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollHeight } = document.documentElement;
    window.scrollTo(0, scrollHeight);
    return scrollHeight;
  });
}

const ROW_PX = 44;
const ONE_BY_ONE = { intervals: [20], timeout: 60_000 };

test("a list of more than a thousand seats loads page by page and draws only visible rows", async ({
  admin: page,
  crowd,
}) => {
  await openAlive(page, list(crowd));
  await expect.poll(() => scrollToEnd(page), ONE_BY_ONE).toBeGreaterThan(500 * ROW_PX);
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

test("keyboard navigation continues into pages that load on demand", async ({ admin: page, crowd }) => {
  await openAlive(page, list(crowd));
  const step = async () => {
    for (let press = 0; press < 10; press++) await page.keyboard.press("j");
    return page.evaluate(() => document.activeElement?.textContent);
  };
  await expect.poll(async () => (await step()) ?? "", ONE_BY_ONE).toMatch(/user 0(1[3-9]|[2-9]\d)\d$/);
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

test("a row of a later page has its index in the whole list", async ({ admin: page, crowd }) => {
  const { cursor } = await (
    await page.request.get(`/licenses/${crowd.number}/assignments/rows?sort=subject`)
  ).json();
  await openAlive(page, `${list(crowd)}&${new URLSearchParams({ cursor })}`);
  await expect(rowOf(page, 100)).toHaveAttribute("aria-rowindex", "102");
});

test("with the paging preference a list has pages of a hundred rows with links", async ({
  admin: page,
  few,
}) => {
  await openAlive(page, "/account");
  await page.getByRole("switch", { name: "Pages instead of scrolling" }).check({ force: true });
  const { number } = few;
  await openAlive(page, `/licenses/${number}/assignments`);
  const foot = (from: number, to: number) =>
    expect(page.getByText(`${from} to ${to} of 250 assignments`)).toBeVisible();
  const rows = page.locator("tbody").getByRole("row");
  await foot(1, 100);
  const scrolledOn: string[] = [];
  page.on("request", (request) => {
    if (/\/assignments\/rows/.test(request.url())) scrolledOn.push(request.url());
  });
  await page.getByRole("link", { name: "Older" }).scrollIntoViewIfNeeded();
  await expect(rows).toHaveCount(100);
  await expect(page.getByRole("link", { name: "Newer" })).toHaveCount(0);
  await page.getByRole("link", { name: "Older" }).click();
  await foot(101, 200);
  await expect(rows).toHaveCount(100);
  expect(scrolledOn).toEqual([]);
  await expect(rows.first()).toHaveAttribute("aria-rowindex", "102");
  await page.getByRole("link", { name: "Older" }).click();
  await foot(201, 250);
  await expect(page.getByRole("link", { name: "Older" })).toHaveCount(0);
  await page.reload();
  await foot(201, 250);
  await page.getByRole("link", { name: "Newer" }).click();
  await foot(101, 200);
  await page.getByRole("link", { name: "Newer" }).click();
  await foot(1, 100);
  await expect(page).toHaveURL(`/licenses/${number}/assignments`);
});

test("without JavaScript the list is paged and keeps filters, sort and columns", async ({
  browser,
  baseURL,
  target: { owner },
  few,
}) => {
  if ("fault" in owner) throw new Error(owner.fault);
  const { storageState } = owner;
  const context = await browser.newContext({ baseURL, storageState, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${list(few)}&allotment=professional&cols=allotment`);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page.locator("tbody").getByRole("row")).toHaveCount(100);
  await expect(rowOf(page, 100)).toHaveAttribute("aria-rowindex", "102");
  await expect(page.getByRole("columnheader")).toHaveText(["Selected", /^User/, "Allotment", "More"]);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rowOf(page, 249)).toBeVisible();
  await page.getByRole("link", { name: "Previous page" }).click();
  await expect(rowOf(page, 100)).toBeVisible();
  await page.getByRole("link", { name: "First page" }).click();
  await expect(rowOf(page, 0)).toBeVisible();
  await context.close();
});

test("the whole list is printed, and its rows go on after the last that was read", async ({
  admin: page,
  few,
}) => {
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute("data-asked", "");
  });
  await openAlive(page, list(few));
  await page.locator("summary", { hasText: /^More$/ }).press("Enter");
  await page.getByRole("link", { name: "Print all" }).press("Enter");
  await expect(page.locator("html[data-asked]")).toBeAttached();
  await expect(page.getByRole("table")).toHaveAttribute("aria-rowcount", String(FEW + 1));
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(page.locator("tbody tr:not([aria-hidden])")).toHaveCount(FEW);
});

test("all loaded rows are printed", async ({ admin: page, few }) => {
  await openAlive(page, list(few));
  await expect.poll(() => scrollToEnd(page), ONE_BY_ONE).toBeGreaterThan(FEW * ROW_PX);
  const drawn = () => document.querySelectorAll("tbody tr:not([aria-hidden])").length;
  await expect.poll(() => page.evaluate(drawn)).toBeLessThan(100);
  await page.evaluate(() =>
    window.addEventListener("beforeprint", () => {
      document.documentElement.dataset.printed = String(
        document.querySelectorAll("tbody tr:not([aria-hidden])").length,
      );
    }),
  );
  await page.pdf();
  await expect(page.locator("html")).toHaveAttribute("data-printed", String(FEW));
  await expect.poll(() => page.evaluate(drawn)).toBeLessThan(100);
});
