import { readFile } from "node:fs/promises";
import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { alive, openAlive } from "./alive";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { newPatch, sync } from "./product";

/** The smallest target that a finger hits reliably. */
const FINGER_PX = 44;

const seatAllotment = (name: string, count: number) => ({
  name,
  usage: { class: "assigned", minimum: 1 },
  provisions: [{ accessType: name }],
  units: [{ count, valid: "" }],
});
const SMALL = { allotments: [seatAllotment("professional", 2), seatAllotment("analyzer", 5)] };

const path = (number: string) => `/licenses/${number}/assignments`;

async function assignSeats(api: APIRequestContext, number: string, allotment: string, ...subjects: string[]) {
  for (const subject of subjects) {
    const made = await api.post(`/api/v1/admin/licenses/${number}/assignments`, {
      data: { subject, allotment },
    });
    expect(made.status(), await made.text()).toBe(201);
  }
}

const rowOf = (page: Page, subject: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name: subject, exact: true }) });

async function openList(page: Page, number: string) {
  await page.goto(path(number));
  // Keys and links work in place only after hydration, when the form's own button is gone.
  await expect(page.getByRole("heading", { name: "Assignments" })).toBeVisible();
  await alive(page);
}

async function assign(page: Page, ...subjects: string[]) {
  await page.getByRole("link", { name: "Assign", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Users, one per line").fill(subjects.join("\n"));
  await dialog.getByRole("button", { name: "Assign" }).click();
}

test("seats can be assigned by hand until none is left", async ({ admin: page, issue }) => {
  const { number } = await issue(SMALL);
  await openList(page, number);
  await assign(page, "acme\\bob", "acme\\eve", "acme\\gwen");
  await expect(rowOf(page, "acme\\bob")).toBeVisible();
  await expect(rowOf(page, "acme\\eve")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "acme\\gwen" })).toContainText(
    "acme\\gwen was not assigned. All 2 professional seats are taken. Release a seat, or raise the units in Definition.",
  );
  await expect(page.getByRole("row", { name: "acme\\gwen" })).toContainText("NO_AVAILABLE_UNITS");
});

test("a release can be undone unless another user got the seat", async ({ admin: page, api, issue }) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "professional", "acme\\bob", "acme\\gwen");
  await openList(page, number);
  const release = async () => {
    await page.getByRole("link", { name: "acme\\gwen", exact: true }).focus();
    await page.keyboard.press("r");
    await expect(rowOf(page, "acme\\gwen")).toHaveCount(0);
  };
  const toast = page.getByRole("region", { name: "Notifications" });
  await release();
  await toast.getByRole("button", { name: "Undo" }).click();
  await expect(rowOf(page, "acme\\gwen")).toBeVisible();
  await release();
  await assignSeats(api, number, "professional", "acme\\eve");
  await page.keyboard.press("Control+z");
  await expect(toast).toContainText(
    /acme\\gwen was not restored\. The seat went to acme\\eve at \d\d:\d\d:\d\d UTC\./,
  );
});

test("releasing several seats shows the effect first", async ({ admin: page, api, issue }) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "a", "b", "c");
  await openList(page, number);
  await page.getByLabel("Select a", { exact: true }).click();
  await page.getByLabel("Select c", { exact: true }).click({ modifiers: ["Shift"] });
  await page.getByRole("button", { name: "Release…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Frees 3 of analyzer.");
  await dialog.getByRole("button", { name: "Release 3" }).click();
  await expect(page.getByText("No users are assigned.")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(rowOf(page, "b")).toBeVisible();
});

test("a bulk change lists all affected users first", async ({ admin: page, api, issue }) => {
  const { number } = await issue({
    allotments: [seatAllotment("professional", 9), seatAllotment("analyzer", 9)],
  });
  const people = ["a", "b", "c", "d", "e", "f", "g"];
  await assignSeats(api, number, "analyzer", ...people);
  await openList(page, number);
  await page.getByLabel("Select a", { exact: true }).click();
  await page.getByLabel("Select g", { exact: true }).click({ modifiers: ["Shift"] });
  await page.getByRole("button", { name: "Convert…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("listitem")).toHaveCount(0);
  await dialog.getByText("a, b, c, d, e and 2 more").click();
  await expect(dialog.getByRole("listitem")).toHaveText(people.map((name) => `${name}analyzer`));
  await expectAccessible(page);
});

test("a row's menu acts on that row, whatever is selected", async ({ admin: page, api, issue }) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "acme\\bob", "acme\\eve", "acme\\gwen");
  await openList(page, number);
  await page.getByLabel("Select acme\\bob", { exact: true }).click();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const more = (name: string) => page.getByRole("button", { name: `More for ${name}`, exact: true });
  const items = page.getByRole("menuitem");

  await more("acme\\eve").press("Enter");
  await expect(items.first()).toBeFocused();
  await expect(items).toHaveText(["Open", "Convert…V", "ReleaseR", "Copy user"]);
  await expectAccessible(page);
  await page.keyboard.press("ArrowUp");
  await expect(items.last()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(items.last()).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("acme\\eve");
  await page.keyboard.press("Escape");
  await expect(items).toHaveCount(0);
  await expect(more("acme\\eve")).toBeFocused();
  await expect(page.getByText("1 selected")).toBeVisible();

  await more("acme\\eve").click();
  await expect(items.first()).toBeFocused();
  await page.keyboard.press("v");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("acme\\eve");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await more("acme\\gwen").click();
  await items.filter({ hasText: "Release" }).click();
  await expect(rowOf(page, "acme\\gwen")).toHaveCount(0);
  await expect(rowOf(page, "acme\\bob")).toBeVisible();
  await more("acme\\eve").click();
  await items.filter({ hasText: "Open" }).click();
  await expect(page.getByRole("complementary")).toContainText("Has a seat in analyzer.");
});

test("after a release the focus moves to the row that took its place", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "acme\\bob", "acme\\eve", "acme\\gwen", "acme\\kim");
  await openAlive(page, `${path(number)}?sort=subject`);
  const link = (name: string) => page.getByRole("link", { name: `acme\\${name}`, exact: true });
  await link("eve").focus();
  await page.keyboard.press("r");
  await expect(link("eve")).toHaveCount(0);
  await expect(link("gwen")).toBeFocused();
  await page.getByRole("button", { name: "More for acme\\kim" }).click();
  await page.getByRole("menuitem", { name: "Release" }).click();
  await expect(link("kim")).toHaveCount(0);
  await expect(link("gwen")).toBeFocused();
});

test("the list reports unknown filters in the URL", async ({ admin: page, issue }) => {
  const { number } = await issue(SMALL);
  await page.goto(`${path(number)}?state=odd&idle=soon&cols=state,moods`);
  await expect(page.getByText("3 filters in this link are unknown and were ignored.")).toBeVisible();
  await page.goto(`${path(number)}?state=excess&idle=90&cols=state`);
  await expect(page.getByRole("heading", { name: "Assignments" })).toBeVisible();
  await expect(page.getByText("in this link")).toHaveCount(0);
});

test("the panel of a seat releases that seat, whatever is selected", async ({ admin: page, api, issue }) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "acme\\bob", "acme\\eve");
  await openList(page, number);
  await page.getByLabel("Select acme\\bob", { exact: true }).click();
  await page.getByRole("link", { name: "acme\\eve", exact: true }).click();
  await page.getByRole("complementary").getByRole("button", { name: "Release" }).click();
  await expect(rowOf(page, "acme\\eve")).toHaveCount(0);
  await expect(rowOf(page, "acme\\bob")).toBeVisible();
});

test("the panel shows a user's other spelling, and can release that seat", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "acme\\bob", "acme/bob", "acme\\eve");
  await openList(page, number);
  await page.getByRole("link", { name: "acme\\bob", exact: true }).click();
  const panel = page.getByRole("complementary");
  await panel.getByRole("listitem").getByRole("link", { name: "acme/bob", exact: true }).click();
  await expect(panel.getByRole("heading", { name: "acme/bob" })).toBeVisible();
  await expect(panel.getByRole("link", { name: "acme\\bob", exact: true })).toBeVisible();
  await panel.getByRole("button", { name: "Release" }).click();
  await expect(rowOf(page, "acme/bob")).toHaveCount(0);
  await page.getByRole("link", { name: "acme\\bob", exact: true }).click();
  await expect(panel).toContainText("Has a seat in analyzer.");
  await expect(panel.getByRole("heading", { name: "Another spelling" })).toHaveCount(0);
});

test("two spellings are declared one user, after a preview, and the alias can be removed again", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "acme\\bob", "acme/bob", "acme\\eve");
  await page.goto(`${path(number)}?spelling=true`);
  await alive(page);
  await rowOf(page, "acme\\bob").getByRole("button", { name: "More for acme\\bob" }).click();
  await page.getByRole("menuitem", { name: "Same user…" }).click();
  const dialog = page.getByRole("dialog", { name: "Same user" });
  await expect(dialog).toContainText("Releases 1 seat:");
  await dialog.getByRole("button", { name: "Declare same user" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("No assignments match this filter.")).toBeVisible();
  await openList(page, number);
  await expect(rowOf(page, "acme\\bob")).toContainText("also acme/bob");
  await expect(rowOf(page, "acme/bob")).toHaveCount(0);
  await page.getByRole("link", { name: "acme\\bob", exact: true }).click();
  await page.getByRole("button", { name: "Remove the alias acme/bob" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove alias" }).click();
  await expect(rowOf(page, "acme\\bob")).not.toContainText("also");
});

test("a rejected user is found by the whole name and can be assigned from there", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number, site, version } = await issue({ allotments: [seatAllotment("professional", 0)] });
  const [bob, eve] = [subject("bob"), subject("eve")];
  const patches = [bob, eve].map((name) => newPatch(number, name));
  await sync(site, { source: "a deployment", bases: [{ license: number, version: 0 }], patches });
  await page.goto(`${path(number)}?view=rejected`);
  await expect(page.getByText("2 rejections")).toBeVisible();
  await expectAccessible(page);
  expect(await exportedCells(page)).toEqual([bob, eve].toSorted());
  await page.getByRole("searchbox", { name: "Find a user by full name" }).fill(eve.toUpperCase());
  await expect(page.getByText("1 rejection", { exact: true })).toBeVisible();
  await expect(page.getByRole("rowheader")).toHaveText([eve]);
  expect(await exportedCells(page)).toEqual([eve]);
  await expect(page.getByRole("link", { name: "Raise units" })).toHaveAttribute(
    "href",
    `/licenses/${number}/definition`,
  );
  await api.put(`/api/v1/admin/licenses/${number}/definition`, {
    headers: { "If-Match": `"${version}"` },
    data: {
      product: "QSEfW",
      valid: "",
      trial: false,
      allotments: [seatAllotment("analyzer", 1), seatAllotment("professional", 1)],
      parameters: [],
    },
  });
  await page.getByRole("link", { name: `Assign ${eve}` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Users, one per line")).toHaveValue(eve);
  await expect(dialog.getByRole("radio", { name: /^professional/ })).toBeChecked();
  await expect(dialog).toContainText("1 of 1 fit: 1 new.");
  await dialog.getByRole("button", { name: "Assign" }).click();
  await expect(rowOf(page, eve)).toContainText("professional");
  await page.goto(`${path(number)}?view=rejected`);
  await expect(page.getByRole("rowheader")).toHaveText([bob]);
});

test("on a phone seats have checkboxes, and actions for the selection are at the bottom", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "acme\\bob", "acme\\eve", "acme\\gwen");
  await page.setViewportSize({ width: 360, height: 740 });
  await openList(page, number);
  const positionOfEve = () =>
    rowOf(page, "acme\\eve").evaluate((row) => row.getBoundingClientRect().top + window.scrollY);
  const before = await positionOfEve();
  for (const name of ["acme\\bob", "acme\\gwen"]) {
    const box = page.getByLabel(`Select ${name}`, { exact: true });
    await box.scrollIntoViewIfNeeded();
    await expect(box).toBeInViewport({ ratio: 1 });
    const [checkbox, link] = await Promise.all([
      box.boundingBox(),
      rowOf(page, name).getByRole("link").boundingBox(),
    ]);
    expect((checkbox?.x ?? 0) + (checkbox?.width ?? 0)).toBeLessThanOrEqual(link?.x ?? 0);
    const target = await box.locator("..").boundingBox();
    expect(Math.min(target?.width ?? 0, target?.height ?? 0)).toBeGreaterThanOrEqual(FINGER_PX);
    // No other element covers it, and none clips it.
    const isOnTop = await box.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) === element;
    });
    expect(isOnTop).toBe(true);
    await box.check();
  }
  expect(await positionOfEve()).toBe(before);
  const release = page.getByRole("button", { name: "Release…" });
  await expect(release).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
  await release.click();
  await page.getByRole("dialog").getByRole("button", { name: "Release 2" }).click();
  await expect(rowOf(page, "acme\\bob")).toHaveCount(0);
  await expect(rowOf(page, "acme\\eve")).toBeVisible();
});

test("selecting or opening a seat moves no row, and each row stays one line", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "acme\\bob", "ACME\\Bob@long.example", "acme\\eve");
  await page.setViewportSize({ width: 1440, height: 900 });
  await openList(page, number);
  const row = rowOf(page, "acme\\eve");
  const before = await row.boundingBox();
  await page.getByLabel("Select acme\\eve", { exact: true }).click();
  await expect(page.getByText("1 selected")).toBeVisible();
  expect(await row.boundingBox()).toEqual(before);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "acme\\eve", exact: true }).click();
  await expect(page.getByRole("complementary")).toBeVisible();
  await expect(row).toHaveAttribute("aria-current", "true");
  const beside = await row.boundingBox();
  expect([beside?.y, beside?.height]).toEqual([before?.y, before?.height]);
  await expect(page.getByRole("columnheader", { name: "Created" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Last used" })).toBeHidden();
});

test("a user can be found, opened and converted with the keyboard alone", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "acme\\bob", "acme\\eve");
  await openList(page, number);
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "acme\\eve", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary")).toContainText("Assigned analyzer");
  await page.keyboard.press("v");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Convert 1" }).press("Enter");
  await expect(rowOf(page, "acme\\eve")).toContainText("professional");
});

/** The link to export the open list: in the menu, or in the bar of past assignments. */
async function exportLink(page: Page) {
  const more = page.locator("summary", { hasText: /^More$/ });
  if (await more.isVisible()) await more.click();
  return page.getByRole("link", { name: "Export CSV" });
}

/** The first column of the exported file of the open list. */
async function exportedCells(page: Page): Promise<string[]> {
  const link = await exportLink(page);
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const [, ...rows] = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  return rows.map((row) => row.split(",")[0] ?? "").toSorted();
}

test("the export has exactly the rows of the list", async ({ admin: page, api, issue }) => {
  const { number } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "acme\\bob", "=1+1", "acme\\eve");
  await page.goto(`${path(number)}?q=1`);
  const link = await exportLink(page);
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/^'=1\+1,analyzer,active,/);
});

test("a user's name is rendered as text everywhere", async ({ admin: page, api, issue }) => {
  const { number } = await issue(SMALL);
  const subject = `"><img src=x onerror=alert(1)>`;
  await assignSeats(api, number, "analyzer", subject);
  await openList(page, number);
  await page.getByRole("link", { name: subject, exact: true }).click();
  await expect(page.getByRole("complementary").getByRole("heading", { name: subject })).toBeVisible();
  expect(await page.locator("img[src=x]").count()).toBe(0);
});

test("without JavaScript plain forms assign and release seats", async ({
  browser,
  baseURL,
  api,
  issue,
  target,
}) => {
  if ("fault" in target.owner) throw new Error(target.owner.fault);
  const { number } = await issue(SMALL);
  const context = await browser.newContext({
    baseURL,
    storageState: target.owner.storageState,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto(`${path(number)}?assign=true`);
  await page.getByLabel("Users, one per line").fill("acme\\bob");
  await page.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(page.getByText("1 assigned.")).toBeVisible();
  await page.goto(`${path(number)}?cols=state,version`);
  await page.getByRole("columnheader", { name: "User" }).getByRole("link").click();
  await expect(page).toHaveURL(/cols=state,version.*sort=subject|sort=subject.*cols=state,version/);
  await page.getByRole("searchbox").fill("bob");
  await page.getByRole("main").getByRole("button", { name: "Find" }).click();
  await expect(page.getByRole("columnheader", { name: "Version" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Created" })).toHaveCount(0);
  await page.goto(path(number));
  await page.getByRole("link", { name: "acme\\bob", exact: true }).click();
  await page.getByRole("button", { name: "Release" }).click();
  await expect
    .poll(async () => (await (await api.get(`/api/v1/admin${path(number)}`)).json()).items.length)
    .toBe(0);
  await context.close();
});

test("a seat in excess says why, and the URL keeps the chosen columns", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number, version } = await issue(SMALL);
  await assignSeats(api, number, "analyzer", "acme\\bob", "acme\\eve");
  const allotments = [seatAllotment("professional", 2), seatAllotment("analyzer", 1)];
  await api.put(`/api/v1/admin/licenses/${number}/definition`, {
    headers: { "If-Match": `"${version}"` },
    data: { product: "QSEfW", valid: "", trial: false, allotments, parameters: [] },
  });
  await openList(page, number);
  await page.locator("summary", { hasText: /^More$/ }).click();
  await page.getByLabel("Deployment", { exact: true }).last().uncheck();
  await page.getByLabel("Version", { exact: true }).check();
  await expect(page).toHaveURL(/cols=allotment,state,created,lastUsed,version/);
  await expect(page.getByRole("columnheader", { name: "Deployment" })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Version" })).toBeVisible();
  await page.getByRole("link", { name: "acme\\eve", exact: true }).click();
  await expect(page.getByRole("complementary")).toContainText(
    "This is analyzer seat 2 in order of assignment, and 1 is in force. It has no access",
  );
});

test("the preview of auto-assign uses recently rejected users", async ({ admin: page, issue }) => {
  const { number, site } = await issue({
    allotments: [seatAllotment("professional", 1), seatAllotment("analyzer", 1)],
  });
  const patches = ["bob", "eve", "kim"].map((name) => newPatch(number, subject(name), { auto: true }));
  await sync(site, { source: "a deployment", bases: [{ license: number, version: 0 }], patches });
  await openList(page, number);
  await page.locator("summary", { hasText: /^More$/ }).click();
  await page.getByRole("button", { name: "Auto-assign…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(
    "3 users have no seat and requested one in the last 30 days: 3 would be refused.",
  );
  await dialog.getByLabel("professional").check();
  await dialog.getByLabel("analyzer").check();
  await expect(dialog).toContainText(
    "1 would get professional, 1 would get analyzer, and 1 would be refused.",
  );
  await expect(dialog.getByRole("listitem")).toHaveCount(3);
  await expect(dialog.getByRole("listitem").filter({ hasText: "professional" })).toHaveCount(1);
});
