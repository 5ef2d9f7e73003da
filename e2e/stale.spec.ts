import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { openQuiet, READS } from "./alive";
import { WARSAW } from "./busy";
import { consoleErrorsOf, expect } from "./fixtures";
import { ANALYZER, timeAllotment } from "./guide";
import { PASSWORD, test as withPeople } from "./people";
import { activate } from "./product";

const staleBar = (page: Page) => page.getByRole("region", { name: "Outdated data" });
const tryNow = (page: Page) => staleBar(page).getByRole("button", { name: "Try now" });

/** A page whose server can be cut off; each failed request is an error in its browser console. */
const test = withPeople.extend<{ desk: Page }>({
  desk: async ({ browser, baseURL, target: { owner } }, use) => {
    if ("fault" in owner) throw new Error(owner.fault);
    const context = await browser.newContext({ baseURL, storageState: owner.storageState });
    const page = await context.newPage();
    const faults = consoleErrorsOf(page);
    await use(page);
    await context.close();
    expect(faults.filter((fault) => !fault.startsWith("Failed to load resource"))).toEqual([]);
  },
});

test("while the server is down every page keeps its data and says how old it is", async ({
  desk: page,
  issue,
}) => {
  const { number, site } = await issue({ allotments: [ANALYZER, timeAllotment()] });
  await activate(site, { cause: "Initial", source: WARSAW });
  const license = `/licenses/${number}`;
  for (const path of [
    "/",
    `${license}/capacity`,
    `${license}/deployments`,
    `${license}/assignments`,
    `${license}/audit`,
    `${license}/settings`,
  ]) {
    await openQuiet(page, path);
    const before = await page.getByRole("main").allInnerTexts();
    await page.context().setOffline(true);
    await expect(staleBar(page), path).toContainText(
      /Updated \d\d:\d\d UTC, less than a minute old\. Retrying in \d+ s\./,
    );
    expect(await page.getByRole("main").allInnerTexts(), path).toEqual(before);
    await page.context().setOffline(false);
    await expect(staleBar(page), path).toHaveCount(0);
  }
});

test("Try now retries by keyboard, and the focus isn't lost on success", async ({
  desk: page,
  license: { number },
}) => {
  await openQuiet(page, `/licenses/${number}/deployments`);
  await cutOff(page);
  await expect(staleBar(page)).toBeVisible();
  await expect(
    page.getByRole("status").filter({ hasText: /^The server isn't responding\. The data is from/ }),
  ).toHaveCount(1);
  await expectAccessible(page);
  await tryNow(page).focus();
  const asked = page.waitForRequest(READS);
  await page.keyboard.press("Enter");
  await asked;
  await expect(tryNow(page)).toBeFocused();
  await page.unroute(READS);
  await page.keyboard.press("Enter");
  await expect(staleBar(page)).toHaveCount(0);
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "The data is up to date again." })).toHaveCount(1);
});

test("a stale page retries every 20 seconds, and says when its data is an hour old", async ({
  desk: page,
  license: { number, site },
}) => {
  await activate(site, { cause: "Initial", source: WARSAW });
  await page.clock.install();
  await openQuiet(page, `/licenses/${number}/deployments`);
  await page.route(READS, (route) => route.abort());
  await page.clock.runFor(31_000);
  await expect(staleBar(page)).toContainText("less than a minute old");
  await expect(staleBar(page)).toContainText(/Retrying in (20|19|18) s/);
  await page.clock.runFor(5000);
  await expect(staleBar(page)).toContainText(/Retrying in (15|14|13) s/);
  await page.clock.fastForward(3_600_000);
  await expect(staleBar(page)).toContainText("1 hour old");
  await page.unroute(READS);
  await page.clock.runFor(21_000);
  await expect(staleBar(page)).toHaveCount(0);
});

test("while the server is down buttons say why they are disabled, links don't navigate, and input is kept", async ({
  desk: page,
  license: { number },
}) => {
  await openQuiet(page, `/licenses/${number}/keys/new`);
  await page.getByLabel("Label").fill("half typed");
  await page.context().setOffline(true);
  const issue = page.getByRole("button", { name: "Issue" });
  await expect(issue).toHaveAttribute("aria-disabled", "true");
  await expect(issue).toHaveAccessibleDescription(
    /^The server isn't responding\. You can do this once it is back/,
  );
  await page.getByLabel("Label").press("Enter");
  await page
    .getByRole("navigation", { name: "License", exact: true })
    .getByRole("link", { name: "Settings" })
    .click();
  await expect(page.getByText("This page stays open until it is back.")).toHaveCount(1);
  await expect(page).toHaveURL(/\/keys\/new$/);
  await expect(page.getByLabel("Label")).toHaveValue("half typed");
  await page.context().setOffline(false);
  await expect(issue).not.toHaveAttribute("aria-disabled");
});

test("a link works as soon as the server is back, before the page has noticed", async ({
  desk: page,
  license: { number },
}) => {
  await openQuiet(page, `/licenses/${number}/keys`);
  await cutOff(page);
  await expect(staleBar(page)).toBeVisible();
  await page.unroute(READS);
  await page
    .getByRole("navigation", { name: "License", exact: true })
    .getByRole("link", { name: "Settings" })
    .press("Enter");
  await expect(page).toHaveURL(/\/settings$/);
  await expect(staleBar(page)).toHaveCount(0);
});

test("while the server is down shortcuts and the palette don't navigate, and filters apply once it is back", async ({
  desk: page,
  api,
  license: { number, site },
}) => {
  for (const source of ["s-1", "s-2"]) {
    await activate(site, { cause: "Initial", source });
    await api.patch(`/api/v1/admin/licenses/${number}/deployments/${source}`, {
      data: { name: `at ${source}` },
    });
  }
  await openQuiet(page, `/licenses/${number}/deployments`);
  const finder = page.getByRole("combobox", { name: "Search or run a command" });
  await page.keyboard.press("ControlOrMeta+k");
  await expect(finder).toBeVisible();
  await page.keyboard.press("Escape");
  await page.context().setOffline(true);
  await expect(staleBar(page)).toBeVisible();
  const held = page.getByText("This page stays open until it is back.");
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(held).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+k");
  await finder.fill("Customers");
  await page
    .getByRole("option", { name: /^Customers/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/deployments$/);
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox", { name: "Find a name or source" }).fill("at s-2");
  const rows = page.getByRole("table", { name: "Deployments" }).getByRole("rowheader");
  await expect(rows).toHaveCount(2);
  await page.context().setOffline(false);
  await expect(rows).toHaveText([/at s-2/]);
  await expect(page).toHaveURL(/\/deployments\?q=/);
});

test("a lazily loaded part appears once the server is back, and the page stays", async ({
  desk: page,
  license: { number },
}) => {
  await openQuiet(page, `/licenses/${number}/keys`);
  await page.context().setOffline(true);
  await expect(staleBar(page)).toBeVisible();
  const failed = page.waitForEvent("requestfailed", (request) => request.url().includes("/chunks/"));
  await page.keyboard.press("ControlOrMeta+k");
  await failed;
  await expect(page.getByRole("heading", { level: 2, name: "Keys" })).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByRole("combobox", { name: "Search or run a command" })).toBeVisible();
});

test("an action without a response shows an error in its form", async ({
  desk: page,
  license: { number },
}) => {
  await openQuiet(page, `/licenses/${number}/keys/new`);
  await page.getByLabel("Label").fill("half typed");
  await page.route("**/keys/new", (route) =>
    route.request().method() === "POST" ? route.abort() : route.fallback(),
  );
  await page.getByRole("button", { name: "Issue" }).click();
  await expect(
    page
      .getByRole("alert")
      .filter({ hasText: "The server isn't responding, so your change may not be saved." }),
  ).toBeVisible();
  await expect(page.getByLabel("Label")).toHaveValue("half typed");
  await page.unroute("**/keys/new");
  await page.getByRole("button", { name: "Issue" }).click();
  await expect(page.getByRole("button", { name: "Issue another key" })).toBeVisible();
});

test("failed reads alone disable no button", async ({ desk: page, license: { number } }) => {
  await openQuiet(page, `/licenses/${number}/settings`);
  await page.route(READS, (route) => route.fulfill({ status: 500 }));
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  await expect(staleBar(page)).toContainText("The server couldn't read the data.");
  await expect(page.getByRole("button", { name: "Suspend license…" })).not.toHaveAttribute("aria-disabled");
  await page.unroute(READS);
  await page.route(READS, (route) => route.fulfill({ status: 503 }));
  await tryNow(page).click();
  await expect(staleBar(page)).toContainText("The license store isn't responding.");
  await expect(page.getByRole("button", { name: "Suspend license…" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

test("a session that ended elsewhere is announced on the page, and its actions are refused in their form", async ({
  desk: page,
  license: { number },
}) => {
  await openQuiet(page, `/licenses/${number}/keys/new`);
  await page.getByLabel("Label").fill("half typed");
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Issue" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "you were signed out" })).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  const over = page.getByRole("dialog", { name: "You were signed out" });
  await expect(over).toBeVisible();
  await expect(staleBar(page)).toHaveCount(0);
  await page.context().addCookies(cookies);
  await over.getByRole("button", { name: "I've signed in" }).click();
  await expect(over).toBeHidden();
  await expect(page.getByLabel("Label")).toHaveValue("half typed");
});

test("typed input survives a lost session when the same person signs in again in the tab", async ({
  person,
  issue,
}) => {
  const { number } = await issue({ allotments: [ANALYZER] });
  const { page, email } = await person("owner");
  page.on("dialog", (dialog) => dialog.accept());
  const license = `/licenses/${number}`;
  const json = page.getByLabel("Definition as JSON");
  const auditor = page.locator("input[name=role][value=auditor]");
  const users = page.getByLabel("Users, one per line");
  const forms: [string, Locator, string][] = [
    [`${license}/keys/new`, page.getByLabel("Label"), "half typed"],
    ["/people/invite", page.getByLabel("E-mail"), "new@signet.example"],
    [`${license}/definition?as=json`, json, "half { typed"],
    [`${license}/settings`, page.getByLabel("Lease", { exact: true }), "21 days"],
    [`${license}/simulate`, page.getByLabel("Assign", { exact: true }), "acme\\half"],
    [`${license}/assignments?assign=true`, users, "acme\\ann\nacme\\bob"],
  ];
  const openDialog = async () => {
    await openQuiet(page, "/alerts/rules");
    await page.getByRole("button", { name: "Add channel…" }).click();
    return page.getByRole("dialog", { name: "Add channel" });
  };
  const typedInto = await openDialog();
  await typedInto.getByLabel("Name").fill("#half");
  await typedInto.getByLabel("Kind").selectOption("Microsoft Teams");
  for (const [path, field, text] of forms) {
    await openQuiet(page, path);
    if (path === "/people/invite") await auditor.check();
    await field.fill(text);
  }

  await page.context().clearCookies();
  await page.getByRole("dialog").getByRole("button", { name: "Assign" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "you were signed out" }).first()).toBeVisible();
  await expect(users).toHaveValue("acme\\ann\nacme\\bob");
  await page.goto(`${license}/assignments?assign=true`);
  await signInHere(page, email);
  for (const [path, field, text] of forms.toReversed()) {
    if (!page.url().endsWith(path)) await openQuiet(page, path);
    await expect(field).toHaveValue(text);
    if (path === "/people/invite") await expect(auditor).toBeChecked();
  }
  const restored = await openDialog();
  await expect(restored.getByLabel("Name")).toHaveValue("#half");
  await expect(restored.getByLabel("Kind")).toHaveValue("teams");
  await openQuiet(page, `${license}/definition?as=json`);
  await expect(json).not.toHaveValue("half { typed");
});

test("a new version of the console offers to reload the page", async ({ desk: page }) => {
  await openQuiet(page, "/help");
  const news = page.getByRole("region", { name: "New version" });
  await expect(news).toHaveCount(0);
  await page.route("**/attention", (route) =>
    route.fulfill({ json: { build: "newer", count: 0, rows: [] } }),
  );
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  await expect(news).toContainText("A new version is available.");
  await expectAccessible(page);
  await page.unroute("**/attention");
  await Promise.all([page.waitForEvent("load"), news.getByRole("button", { name: "Reload" }).click()]);
  await expect(news).toHaveCount(0);
});

test("the stale-data bar fits at every width and is accessible in both themes", async ({
  desk: page,
  license: { number },
}) => {
  await openQuiet(page, `/licenses/${number}/capacity`);
  await cutOff(page);
  for (const width of [360, 768, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await expect(staleBar(page)).toContainText("Retrying in");
    for (const colorScheme of themesAt(width)) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
      await expectAccessible(page);
    }
    const words = staleBar(page).getByRole("paragraph");
    const text = await words.evaluate((p) => ({
      isWhole: p.scrollWidth <= p.clientWidth && p.scrollHeight <= p.clientHeight,
      lines: Math.round(p.clientHeight / Number.parseFloat(getComputedStyle(p).lineHeight)),
    }));
    expect(text, `at ${width} px`).toMatchObject({ isWhole: true });
    expect(text.lines).toBeLessThanOrEqual(2);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

/** Axe reads the bar once in each theme; `npm run test:all` at each width. */
function themesAt(width: number): ("light" | "dark")[] {
  if (process.env.SIGNET_TEST === "all") return ["light", "dark"];
  return width === 360 ? ["dark"] : width === 1440 ? ["light"] : [];
}

/** Cuts the page off from its server, and makes it notice at once. */
async function cutOff(page: Page): Promise<void> {
  await page.route(READS, (route) => route.abort());
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
}

async function signInHere(page: Page, email: string): Promise<void> {
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/\/sign-in/);
}
