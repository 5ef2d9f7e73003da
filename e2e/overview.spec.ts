import type { Page } from "@playwright/test";
import { openAlive } from "./alive";
import { consoleErrorsOf, expect, issueLicense, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { ownerOf } from "./own-server";
import { createOwner } from "./owner";
import { report } from "./product";
import { startServer } from "./server";

/** The footer of the list of licenses, which has its length. */
const footOf = (page: Page) => page.getByText(/^\d+ of \d+ license/);

test.describe.configure({ timeout: 240_000 });

test("sample data of a year can be loaded into an empty installation, stays beside real licenses, and is removed again", async ({
  browser,
  empty,
}) => {
  const server = await startServer(empty.settings);
  const owner = await createOwner(server);
  if ("fault" in owner) throw new Error(owner.fault);
  const page = await browser.newPage({ baseURL: server.console, storageState: owner.storageState });
  const faults = consoleErrorsOf(page);
  for (const path of ["/licenses", "/"]) {
    await page.goto(path);
    await expect(page.getByText("No licenses yet.")).toBeVisible();
  }
  const load = page.getByRole("button", { name: "Load sample data" });
  await load.press("Enter");
  await page.getByRole("button", { name: "Cancel" }).press("Enter");
  await load.press("Enter");
  await expect(page.getByRole("progressbar", { name: "Sample data" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("progressbar", { name: "Sample data" })).toBeVisible();
  await expect(page.getByText("0 of 5 steps done.")).toBeVisible();
  const api = await ownerOf(server);
  await issueLicense(api, { allotments: [seats(5)] });
  await page.reload();
  const sample = page.getByRole("region", { name: "Sample data" });
  await expect(sample.getByRole("progressbar", { name: "Sample data" })).toBeVisible();
  await expect(page.getByText("3 of 5 steps done.")).toBeVisible();
  await expect(sample).toContainText(": 3 customers and 10 licenses to explore.", { timeout: 180_000 });
  await expect(
    page.getByText(/licenses? needs? attention, .*1 is healthy, \d+ (is|are) expired or stopped\./),
  ).toBeVisible();

  for (const figure of ["Seats taken", "Minutes in", "Silent deployments", "End in 60 days"])
    await expect(page.getByRole("list", { name: "Key figures" })).toContainText(figure);
  const rows = page.getByRole("region", { name: "Needs attention" }).getByRole("listitem");
  await page.getByRole("link", { name: /^Show all \d+$/ }).press("Enter");
  await expect(page).toHaveURL("/?all=true");
  await expect.poll(() => rows.count()).toBeGreaterThan(8);
  const all = await rows.count();
  await page.reload(); // The bell was read while the data was made.
  await page.getByRole("button", { name: /^Needs attention: \d+$/ }).press("Enter");
  const bell = page.locator("#bell");
  await expect(bell.getByRole("link", { name: `All ${all} on the overview` })).toBeVisible();
  await bell.getByRole("listitem").first().getByRole("link").press("Enter");
  await expect(page).toHaveURL(/\/licenses\/\d{16}\//);
  await expect(bell).toBeHidden();
  await page.goBack();
  await page
    .getByRole("navigation", { name: "Topic" })
    .getByRole("link", { name: /^Contact/ })
    .click();
  await expect(page).toHaveURL("/?about=contact");
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await page.goto("/licenses");
  await expect(footOf(page)).toHaveText(/^11 of 11 licenses/);
  await page.goto("/");
  const parts = page.getByRole("main").getByRole("link", {
    name: /need attention|nearly full|(is|are) healthy|expired or stopped/,
  });
  const counts = (await parts.allTextContents()).map((words) => Number.parseInt(words, 10));
  expect(counts.reduce((sum, one) => sum + one, 0)).toBe(11);
  for (const [index, counted] of counts.entries()) {
    await parts.nth(index).press("Enter");
    await expect(footOf(page)).toHaveText(new RegExp(`^${counted} of ${counted} license`));
    await page.goBack();
    await expect(parts.first()).toBeVisible();
  }
  const month = page.getByRole("region", { name: "Ends in the next 12 months" }).getByRole("link").first();
  const [, counted = ""] = /: (\d+) license/.exec((await month.textContent()) ?? "") ?? [];
  await month.press("Enter");
  await expect(footOf(page)).toHaveText(new RegExp(`^${counted} of ${counted} license`));

  await page.getByRole("button", { name: "Remove sample data" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("3 customers and 10 licenses will be removed, with their keys");
  await dialog.getByRole("button", { name: "Remove sample data" }).press("Enter");
  await expect(page.getByText("1 license is healthy.")).toBeVisible();
  await expect(sample).toHaveCount(0);
  await page.goto("/audit");
  const removed = page.getByRole("row", { name: /License removed with the sample data/ });
  await expect.poll(() => removed.count()).toBeGreaterThanOrEqual(10);
  await expect(page.getByRole("row", { name: /Sample data removed/ })).toHaveCount(2);
  expect(faults).toEqual([]);
  await Promise.all([page.close(), api.dispose()]);
  expect(await server.stop()).toBe(0);
});

test("the overview updates on its own, and each row links to its subject", async ({ browser, empty }) => {
  const server = await startServer(empty.settings);
  const api = await ownerOf(server);
  const owner = await createOwner(server);
  if ("fault" in owner) throw new Error(owner.fault);
  const page = await browser.newPage({ baseURL: server.console, storageState: owner.storageState });
  const allotment = timeAllotment({ units: [{ count: 100, valid: "" }], overage: 20 });
  const { number, key } = await issueLicense(api, { allotments: [allotment, seats(2)] });
  await page.clock.install();
  await openAlive(page, "/");
  await expect(page.getByText("1 license is healthy.")).toBeVisible();
  await expect(page.getByText(/^Nothing needs your attention\. Last check \d\d:\d\d UTC\.$/)).toBeVisible();

  const month = new Date().toISOString().slice(0, 7);
  const used = { id: 1, allotment: "analyzer_time", month, consumption: 120 };
  await report({ door: server.door, key }, { source: "warsaw", consumption: [used] });
  await expect
    .poll(async () => {
      await page.clock.fastForward(31_000);
      return page.getByText("1 license needs attention.").isVisible();
    })
    .toBe(true);
  const row = page.getByRole("region", { name: "Needs attention" }).getByRole("listitem");
  await expect(row).toContainText("At the cap, access denied");
  await expect(row).toContainText("analyzer_time: 120 of 100 minutes");
  await row.getByRole("link", { name: /^Capacity/ }).press("Enter");
  await expect(page).toHaveURL(`/licenses/${number}/capacity?allotment=analyzer_time`);
  await page.goto("/licenses?state=exceeded");
  await expect(page.getByRole("row", { name: /At the cap, access denied/ })).toBeVisible();
  await page.goto("/?about=expiry");
  await expect(page.getByText(/^No expiry issues need your attention\./)).toBeVisible();
  await Promise.all([page.close(), api.dispose()]);
  expect(await server.stop()).toBe(0);
});
