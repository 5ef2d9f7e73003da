import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { busyLicense } from "./busy";
import { consoleErrorsOf, test as everything, expect, type Licensed } from "./fixtures";
import { OWNER } from "./owner";
import { type ConsolePage, pagesOf, type Shown } from "./pages";
import { withShown } from "./shown";

const WIDTHS = [1440, 768, 360];
const PAGES = pagesOf({
  number: "0000000000000000",
  ...{ customerId: "", webhook: "", delivery: "", directory: "", instance: "0", subject: "" },
}).map(({ path }) => path);

let made: Promise<Licensed & Shown> | undefined;

/** One license per worker for every page, because nothing here changes it. */
const test = everything.extend<{ shown: Shown }>({
  shown: async ({ issue, client }, use) => {
    made ??= busyLicense(issue).then((license) => withShown(client, license));
    await use(await made);
  },
});

for (const [index, example] of PAGES.entries())
  test(`${example} is accessible and fits at every width and in both themes`, async ({
    admin,
    browser,
    baseURL,
    shown,
  }) => {
    const wanted = pagesOf(shown)[index];
    if (!wanted) throw new Error(example);
    const page = wanted.action ? admin : await browser.newPage({ baseURL });
    await page.emulateMedia({ colorScheme: "dark" });
    const faults = [consoleErrorsOf(page), foreignTo(String(baseURL), page)];
    await openPage(page, wanted);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
      for (const width of WIDTHS) await expectFit(page, width, runsAxe(colorScheme, width));
    }
    expect(faults).toEqual([[], []]);
    if (page !== admin) await page.close();
  });

/** Axe checks each page once per theme, in the largest and the smallest window; `npm run test:all` in all of them. */
function runsAxe(colorScheme: "dark" | "light", width: number): boolean {
  return process.env.SIGNET_TEST === "all" || width === (colorScheme === "dark" ? 360 : 1440);
}

test("no page runs a script without its nonce", async ({ admin: page, shown }) => {
  for (const path of [...pagesOf(shown).map(({ path }) => path), "/nowhere"]) {
    const response = await page.request.get(path);
    const policy = response.headers()["content-security-policy"] ?? "";
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    expect(scripts, path).toMatch(/^'nonce-[A-Za-z0-9+/=]+' 'strict-dynamic'$/);
    const bare = [...(await response.text()).matchAll(/<script(?![^>]*\snonce=)[^>]*>/g)];
    expect(bare, path).toEqual([]);
  }
});

test("dialogs and menus are accessible too, and on a phone the navigation is a drawer", async ({
  admin: page,
}) => {
  await page.goto("/licenses");
  await page.getByRole("button", { name: `You: ${OWNER.name}` }).click();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("button", { name: "Sections" }).click();
  await expectAccessible(page);
  const drawer = page.getByRole("navigation", { name: "All sections" });
  await drawer.getByRole("link", { name: "Licenses" }).click();
  await expect(drawer).toBeHidden();
});

test("on a phone the pages of a license are a menu", async ({ admin: page, shown }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/licenses/${shown.number}`);
  const pages = page.getByRole("navigation", { name: "License", exact: true });
  await expect(pages.getByRole("link")).toHaveCount(0);
  await pages.getByRole("button", { name: "Overview" }).click();
  await expectAccessible(page);
  await pages.getByRole("link", { name: "Deployments" }).click();
  await expect(pages.getByRole("button", { name: "Deployments" })).toBeVisible();
  await expect(pages.getByRole("link")).toHaveCount(0);
});

async function openPage(page: Page, { path, title }: ConsolePage): Promise<void> {
  await page.setViewportSize({ width: WIDTHS[0] ?? 1440, height: 900 });
  await page.goto(path);
  expect((await page.title()).startsWith(title), await page.title()).toBe(true);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
}

async function expectFit(page: Page, width: number, isRead: boolean): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await expect.poll(over, `wider than ${width} px`).toBeLessThanOrEqual(0);
  if (isRead) await expectAccessible(page);
}

/** Requests of a page to other hosts. */
function foreignTo(own: string, page: Page): string[] {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(own) && !/^(data|blob):/.test(url)) foreign.push(url);
  });
  return foreign;
}
