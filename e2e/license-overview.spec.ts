import type { APIRequestContext, Page } from "@playwright/test";
import { assign, busyLicense, WARSAW } from "./busy";
import { subject } from "./canary";
import { expect, type Licensed, test } from "./fixtures";
import { seats, spaced, timeAllotment } from "./guide";
import { activate, newPatch, sync } from "./product";

const cardOf = (page: Page, allotment: string) =>
  page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: allotment, exact: true }) })
    .first();
const factsOf = (page: Page, allotment: string) => cardOf(page, allotment).getByRole("definition");
const recentActivity = (page: Page) => page.getByRole("region", { name: "Recent activity" });
const action = (page: Page, name: string) => page.getByRole("button", { name });

test("an allotment shows units bought, units used, the peak and the excess", async ({
  admin: page,
  issue,
}) => {
  const license = await busyLicense(issue);
  await page.goto(`/licenses/${license.number}`);
  await expect(factsOf(page, "analyzer_time")).toHaveText([
    "1,500, overage 300 minutes",
    "1,639, 161 left",
    /^1,639, \w+ \d{4}$/,
    "139 over",
  ]);
  await expect(factsOf(page, "professional")).toHaveText(["2 seats", "2, 0 free", "2", "none"]);
  await cardOf(page, "professional").getByRole("link", { name: "Assignments" }).click();
  await expect(page).toHaveURL(/\/assignments\?allotment=professional$/);
});

test("Refresh updates the page and announces it", async ({ admin: page, issue }) => {
  const license = await issue({ allotments: [seats(2)] });
  await page.goto(`/licenses/${license.number}`);
  await expect(factsOf(page, "professional").nth(1)).toHaveText("0, 2 free");
  await assign(license, ["ada"]);
  await page.getByRole("button", { name: "Refresh" }).press("Enter");
  await expect(factsOf(page, "professional").nth(1)).toHaveText("1, 1 free");
  await expect(page.getByRole("status").filter({ hasText: /^Updated [\d:]+ UTC\.$/ })).toHaveCount(1);
});

test("the header lists everything about a license that needs attention, each with a link", async ({
  admin: page,
  issue,
}) => {
  const license = await busyLicense(issue);
  const { body } = await sync(license.site, {
    source: WARSAW,
    bases: [{ license: license.number, version: 2 }],
    patches: [newPatch(license.number, subject("mia"))],
  });
  expect(body.patches.map(({ rejection }) => rejection)).toEqual(["NO_AVAILABLE_UNITS"]);
  await page.goto(`/licenses/${license.number}`);
  const states = page.getByRole("list", { name: "License status" });
  await expect(states.getByRole("listitem")).toHaveText([
    "analyzer_time: In overage, 139 over",
    "Rejected",
    "professional: No seats left",
  ]);
  const rejected = states.getByRole("link", { name: "Rejected" });
  await expect(rejected).toHaveAccessibleDescription("Every seat is taken: 1 user in 24 hours");
  await rejected.click();
  await expect(page).toHaveURL(`/licenses/${license.number}/assignments?view=rejected`);
  await states.getByRole("link", { name: /^analyzer_time/ }).click();
  await expect(page).toHaveURL(`/licenses/${license.number}/capacity?allotment=analyzer_time`);
});

test("the peak of 30 days includes released seats, and future units are shown", async ({
  admin: page,
  api,
  issue,
}) => {
  const license = await issue({
    allotments: [
      {
        ...seats(5),
        units: [
          { count: 5, valid: "" },
          { count: 4, valid: "2999-11-01/." },
        ],
      },
    ],
  });
  await assign(license, ["bob", "eve", "mia"]);
  await release(license, api, "bob");
  await page.goto(`/licenses/${license.number}`);
  await expect(factsOf(page, "professional")).toHaveText(["5 seats", "2, 3 free", "3", "none"]);
  await expect(cardOf(page, "professional")).toContainText("9 seats from 1 Nov 2999 on.");
});

test("the headings of both sections are side by side at the same height", async ({
  admin: page,
  license: { number },
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/licenses/${number}`);
  const [left, right] = await Promise.all(
    ["Recent activity", "Product view"].map((name) =>
      page.getByRole("heading", { name, exact: true }).boundingBox(),
    ),
  );
  expect(left?.y).toBe(right?.y);
  expect(left?.x).not.toBe(right?.x);
});

test("the product view shows exactly what a product receives", async ({
  admin: page,
  license: { number, site, key },
}) => {
  const { body } = await activate(site, { cause: "Initial", source: "Warsaw" });
  const { sld: _, serverTime: _now, latestValidTime: _until, ...lasting } = body;
  await page.goto(`/licenses/${number}`);
  const text = (await page.getByRole("region", { name: "Activation response" }).textContent()) ?? "";
  expect(JSON.parse(text)).toMatchObject(lasting);
  expect(Object.keys(JSON.parse(text)).toSorted()).toEqual(
    Object.keys(body)
      .filter((name) => name !== "sld")
      .toSorted(),
  );
  expect(await page.content()).not.toContain(key.slice(-40));
});

test("recent activity links to the event", async ({ admin: page, license: { number } }) => {
  await page.goto(`/licenses/${number}`);
  await recentActivity(page).getByRole("link", { name: "License created" }).click();
  await expect(page).toHaveURL(/\/audit\?open=/);
  await expect(page.getByRole("complementary", { name: "License created" })).toBeVisible();
});

test("a license can be suspended and resumed from its menu with the keyboard alone", async ({
  admin: page,
  license: { number, site },
}) => {
  await page.goto(`/licenses/${number}`);
  await action(page, "More actions").focus();
  await page.keyboard.press("Enter");
  await action(page, "Suspend license…").focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Suspend this license?" });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Every call is refused: LICENSE_SUSPENDED.")).toBeVisible();
  expect((await activate(site)).body.code).toBe("LICENSE_SUSPENDED");
  await expect(action(page, "More actions")).toBeFocused();
  await page.keyboard.press("Enter");
  await action(page, "Resume license").press("Enter");
  await expect(page.getByText("Every call is refused")).toHaveCount(0);
  expect((await activate(site)).status).toBe(200);
});

test("an expired license says so instead of showing how full its allotments are", async ({
  admin: page,
  api,
  issue,
}) => {
  const license = await issue({ allotments: [seats(2), timeAllotment()] });
  await assign(license, ["bob", "eve"]);
  await page.goto(`/licenses/${license.number}`);
  await expect(page.getByText("professional: No seats left")).toBeVisible();
  await expect(cardOf(page, "professional")).toContainText("No seats left");
  await api.patch(`/api/v1/admin/licenses/${license.number}`, { data: { valid: "./2020-01-31" } });
  await page.reload();
  await expect(page.getByText("Expired 31 Jan 2020", { exact: true })).toBeVisible();
  await expect(page.getByText("No seats left")).toHaveCount(0);
  await expect(factsOf(page, "professional").nth(1)).toHaveText("2, 0 free");
});

test("the license number can be copied from the header", async ({ admin: page, license: { number } }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/licenses/${number}`);
  await action(page, "Copy number").click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(number);
  await action(page, "Copy number").click({ modifiers: ["Shift"] });
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(spaced(number));
});

async function release({ number }: Licensed, api: APIRequestContext, name: string): Promise<void> {
  const seatsOf = `/api/v1/admin/licenses/${number}/assignments`;
  const { items } = await (await api.get(seatsOf, { params: { query: subject(name) } })).json();
  expect((await api.delete(`${seatsOf}/${items[0].instance}`)).ok()).toBe(true);
}
