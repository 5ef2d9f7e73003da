import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { consoleErrorsOf, test as everything, expect, type Licensed } from "./fixtures";
import { HOSTILE, hostileLicense, MARK } from "./hostile";
import { limitsOf } from "./limits";
import { OWNER } from "./owner";
import { type ConsolePage, pagesOf, type Shown } from "./pages";

const WIDTHS = [1440, 768, 360];
const THEMES = ["dark", "light"] as const;
const PAGES = pagesOf({
  number: "0000000000000000",
  ...{ customerId: "", webhook: "", delivery: "", directory: "", instance: "0", subject: "" },
}).map(({ path }) => path);

/** How a page looks: axe reads it in one theme and at one width, both by turns; `npm run test:all` in all of them. */
type Look = { colorScheme: (typeof THEMES)[number]; width: number };
const LOOKS: Look[] = THEMES.flatMap((colorScheme) => WIDTHS.map((width) => ({ colorScheme, width })));
const looksOf = (index: number) =>
  process.env.SIGNET_TEST === "all" ? LOOKS : LOOKS.filter((_, nth) => nth === index % LOOKS.length);

let made: Promise<Licensed & Shown> | undefined;

/** One license per worker for every page, because nothing here changes it. Its texts are hostile. */
const test = everything.extend<{ shown: Licensed & Shown }>({
  shown: async ({ issue, api, client }, use) => {
    made ??= hostileLicense({ issue, api, client });
    await use(await made);
  },
});

for (const [index, example] of PAGES.entries())
  test(`${example} is accessible and fits, in any window, and shows text as text`, async ({
    admin,
    browser,
    baseURL,
    shown,
  }) => {
    const wanted = pagesOf(shown)[index];
    if (!wanted) throw new Error(example);
    const page = wanted.action ? admin : await browser.newPage({ baseURL });
    const faults = [consoleErrorsOf(page), foreignTo(String(baseURL), page)];
    expect(await limitsOf(page, () => openPage(page, wanted))).toEqual([]);
    expect(await page.locator(MARK).count()).toBe(0);
    for (const width of WIDTHS) await expectFit(page, width);
    for (const look of looksOf(index)) await expectAccessibleIn(page, look);
    expect(faults).toEqual([[], []]);
    if (page !== admin) await page.close();
  });

test("no page runs a script without its nonce, or makes markup of text from people and products", async ({
  admin: page,
  shown,
}) => {
  const asked = `q=${encodeURIComponent(HOSTILE)}`;
  const searches = [`/licenses?${asked}`, `/licenses/${shown.number}/assignments?${asked}`];
  let met = 0;
  for (const path of [...pagesOf(shown).map(({ path }) => path), ...searches, "/nowhere"]) {
    const response = await page.request.get(path);
    const policy = response.headers()["content-security-policy"] ?? "";
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    expect(scripts, path).toMatch(/^'nonce-[A-Za-z0-9+/=]+' 'strict-dynamic'$/);
    const text = await response.text();
    const bare = [...text.matchAll(/<script(?![^>]*\snonce=)[^>]*>/g)];
    expect(bare, path).toEqual([]);
    expect(text, path).not.toContain("<img src=x data-hostile");
    if (text.includes("&lt;img src=x data-hostile")) met++;
  }
  expect(met, "pages that show the text as it was written").toBeGreaterThan(6);
  for (const path of searches) {
    await page.goto(path);
    expect(await page.locator(MARK).count(), path).toBe(0);
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
  await page.goto(path);
  expect((await page.title()).startsWith(title), await page.title()).toBe(true);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
}

async function expectFit(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await expect.poll(over, `wider than ${width} px`).toBeLessThanOrEqual(0);
}

async function expectAccessibleIn(page: Page, { colorScheme, width }: Look): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
  await expectAccessible(page);
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
