import type { APIRequestContext, Page } from "@playwright/test";
import { assign, busyLicense, WARSAW } from "./busy";
import { subject } from "./canary";
import { expect, type Licensed, test } from "./fixtures";
import { seats, spaced, timeAllotment } from "./guide";
import { activate, newPatch, sync } from "./product";

const rowOf = (page: Page, allotment: string) =>
  page
    .getByRole("table", { name: /^Allotments/ })
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name: allotment, exact: true }) });
const cellsOf = (page: Page, allotment: string) => rowOf(page, allotment).getByRole("cell");
const recentActivity = (page: Page) => page.getByRole("region", { name: "Recent activity" });
const action = (page: Page, name: string) => page.getByRole("button", { name });

test("one line per allotment shows what is used, the cap, the forecast, what is left and the peak", async ({
  admin: page,
  issue,
}) => {
  const license = await busyLicense(issue);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/licenses/${license.number}`);
  await expect(rowOf(page, "analyzer_time")).toContainText("In overage, 139 over");
  await expect(cellsOf(page, "analyzer_time")).toHaveText([
    "1,639 of 1,500 minutes, 109%",
    "1,800",
    /^(too early|[\d,]+)/,
    "161",
    /^1,639 in \w{3}$/,
    "Raise units",
  ]);
  await expect(cellsOf(page, "professional")).toHaveText([
    "2 of 2 seats, 100%",
    "2",
    "no change",
    "0",
    "peak 2",
    "Raise units",
  ]);
  await rowOf(page, "professional").getByRole("link", { name: "professional", exact: true }).click();
  await expect(page).toHaveURL(/\/assignments\?allotment=professional$/);
});

test("the first row of each list of a license is within 220 px at 1440 × 900", async ({
  admin: page,
  issue,
}) => {
  const { number } = await busyLicense(issue);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const path of ["", "/keys", "/assignments", "/deployments", "/audit"]) {
    await page.goto(`/licenses/${number}${path}`);
    const row = page.getByRole("rowheader").first();
    await expect(row).toBeVisible();
    expect((await row.boundingBox())?.y, path || "overview").toBeLessThanOrEqual(220);
  }
});

test("Refresh updates the page and announces it", async ({ admin: page, issue }) => {
  const license = await issue({ allotments: [seats(2)] });
  await page.goto(`/licenses/${license.number}`);
  await expect(cellsOf(page, "professional").first()).toHaveText("0 of 2 seats, 0%");
  await assign(license, ["ada"]);
  await page.getByRole("button", { name: "Refresh" }).press("Enter");
  await expect(cellsOf(page, "professional").first()).toHaveText("1 of 2 seats, 50%");
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
  await expect(states.getByRole("listitem")).toHaveText(["analyzer_time: In overage, 139 over", "Rejected"]);
  await expect(page.getByRole("list", { name: "Other states" }).getByRole("listitem")).toHaveText([
    "professional: No seats left",
  ]);
  const rejected = states.getByRole("link", { name: "Rejected" });
  await expect(rejected).toHaveAccessibleDescription("Every seat is taken: 1 user in 24 hours");
  await rejected.click();
  await expect(page).toHaveURL(`/licenses/${license.number}/assignments?view=rejected`);
  await expect(states.getByRole("link", { name: "+1 more" })).toHaveAttribute(
    "href",
    `/licenses/${license.number}`,
  );
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
  await expect(
    cellsOf(page, "professional").filter({ hasText: /^(2 of 5 seats, 40%|3|peak 3)$/ }),
  ).toHaveCount(3);
  await expect(rowOf(page, "professional")).toContainText("9 from 1 Nov 2999");
});

test("the activation response behind the link is exactly what a product receives", async ({
  admin: page,
  license: { number, site, key },
}) => {
  const { body } = await activate(site, { cause: "Initial", source: "Warsaw" });
  const { sld: _, serverTime: _now, latestValidTime: _until, ...lasting } = body;
  await page.goto(`/licenses/${number}`);
  await page.getByRole("link", { name: "Activation response" }).click();
  const text = (await page.getByRole("region", { name: "Activation response, JSON" }).textContent()) ?? "";
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
  await expect(page.getByText("Suspended", { exact: true })).toBeVisible();
  expect((await activate(site)).body.code).toBe("LICENSE_SUSPENDED");
  await expect(action(page, "More actions")).toBeFocused();
  await page.keyboard.press("Enter");
  await action(page, "Resume license").press("Enter");
  await expect(page.getByText("Suspended", { exact: true })).toHaveCount(0);
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
  await expect(rowOf(page, "professional")).toContainText("No seats left");
  await api.patch(`/api/v1/admin/licenses/${license.number}`, { data: { valid: "./2020-01-31" } });
  await page.reload();
  await expect(page.getByText("Expired 31 Jan 2020", { exact: true })).toBeVisible();
  await expect(page.getByText("No seats left")).toHaveCount(0);
  await expect(cellsOf(page, "professional").first()).toHaveText("2 of 2 seats, 100%");
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
