import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { unwrap } from "signet/client";
import { busyLicense, WARSAW } from "./busy";
import { expect, type Licensed, test } from "./fixtures";
import { timeAllotment } from "./guide";
import { activate, report } from "./product";

const deploymentsOf = ({ number }: { number: string }) => `/licenses/${number}/deployments`;
const rowsOf = (page: Page) =>
  page.getByRole("table", { name: "Deployments" }).locator("tbody").getByRole("row");
const month = new Date().toISOString().slice(0, 7);

/** Reports with sequence numbers that go back, as a copied machine would. */
async function cloned({ site }: Licensed): Promise<string> {
  const source = randomUUID();
  for (const sequence of [812, 640]) {
    const used = { id: 1, allotment: "analyzer_time", month, consumption: 10, sequence };
    expect((await report(site, { source, consumption: [used] })).status).toBe(200);
  }
  return source;
}

test("deployments show their status, and open with details", async ({ admin: page, issue }) => {
  const license = await busyLicense(issue);
  await page.goto(deploymentsOf(license));
  const row = rowsOf(page).filter({ hasText: WARSAW });
  await expect(row.getByRole("cell")).toContainText(["OK", "QSEfW 1.6.4", "windows", "just now"]);
  await expect(row).toContainText("100%");
  await row.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`open=${WARSAW}`));
  const panel = page.getByRole("complementary", { name: WARSAW });
  await expect(panel).toContainText("It calls regularly; its lease ends on");
  await expect(panel).toContainText("1,639 minutes, 100% of total");
  await expect(panel).toContainText("Called on 1 of the 1 day on record.");
  const forget = panel.getByRole("button", { name: "Forget…" });
  await expect(forget).toHaveAttribute("aria-disabled", "true");
  await expect(forget).toHaveAccessibleDescription("It called within the last 30 days.");
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze(); // there are no frames
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(row.getByRole("link")).toBeFocused();
});

test("the list ignores unknown filters in the URL and says so", async ({ admin: page, issue }) => {
  const license = await busyLicense(issue);
  await page.goto(`${deploymentsOf(license)}?state=asleep`);
  await expect(page.getByText("One filter in this link is unknown and was ignored.")).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(1);
  await page.setViewportSize({ width: 1440, height: 900 });
  const [find, file] = await Promise.all([
    page.getByLabel("Find a name or source").boundingBox(),
    page.getByRole("link", { name: "Export CSV" }).boundingBox(),
  ]);
  expect(Math.abs((find?.y ?? 0) - (file?.y ?? 100)), "one line").toBeLessThan(20);
  await page.goto(`${deploymentsOf(license)}?state=silent&q=nobody`);
  await expect(page.getByText("No deployments match these 2 filters.")).toBeVisible();
  await page.getByRole("search").getByRole("link", { name: "Clear filters" }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByLabel("Seen before (UTC)", { exact: true }).fill("1 Jan 2020");
  await expect(page.getByText("No deployments match this filter.")).toBeVisible();
  await expect(page).toHaveURL(/\?before=2020-01-01$/);
  await page.getByLabel("Seen before (UTC)", { exact: true }).fill("2999-01-01");
  await expect(rowsOf(page)).toHaveCount(1);
});

test("a deployment can be renamed in place by keyboard, undone, and typed names stay when refused", async ({
  admin: page,
  client,
  issue,
}) => {
  const license = await busyLicense(issue);
  await page.goto(deploymentsOf(license));
  await page.getByRole("button", { name: `Rename ${WARSAW}` }).focus();
  await page.keyboard.press("Enter");
  const field = page.getByRole("textbox", { name: `Name of ${WARSAW}` });
  await expect(field).toBeFocused();
  await page.keyboard.type("<b>Warsaw</b>, prod");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "<b>Warsaw</b>, prod" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Rename <b>Warsaw</b>, prod" })).toBeFocused();
  const toast = page.getByRole("region", { name: "Notifications" });
  await expect(toast).toContainText("Renamed to <b>Warsaw</b>, prod.");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.getByRole("link", { name: WARSAW })).toBeVisible();
  await page.getByRole("button", { name: `Rename ${WARSAW}` }).press("Enter");
  await field.fill("mine");
  const params = { path: { number: license.number, source: WARSAW } };
  await unwrap(
    client.PATCH("/api/v1/admin/licenses/{number}/deployments/{source}", {
      params,
      body: { name: "theirs" },
    }),
  );
  await field.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "somebody else changed it" })).toBeVisible();
  await expect(field).toHaveValue("mine");
});

test("a cloned deployment raises a suspicion with its cause, which can be cleared", async ({
  admin: page,
  api,
  issue,
}) => {
  const license = await issue({ allotments: [timeAllotment()] });
  await activate(license.site, { cause: "Initial", source: "Munich" });
  const source = await cloned(license);
  await page.goto(deploymentsOf(license));
  await expect(rowsOf(page).filter({ hasText: source })).toContainText("Clone suspected");
  await page.getByRole("link", { name: /^Suspicious/ }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(page).toHaveURL(/\?state=suspicious&origin=suspicious$/);
  const badge = rowsOf(page).getByRole("link", { name: "Clone suspected" });
  await expect(badge).toHaveAccessibleDescription(/^Report 640 for analyzer_time/);
  await badge.click();
  const why = page.getByRole("list", { name: "Suspicions" }).getByRole("listitem");
  await expect(why).toContainText("Report 640 for analyzer_time");
  await why.getByRole("button", { name: "Clear…" }).click();
  const dialog = page.getByRole("dialog", { name: "Clear this suspicion?" });
  await dialog.getByRole("button", { name: "Clear suspicion" }).click();
  await expect(dialog).toBeHidden();
  await expect(why).toHaveCount(0);
  await page.getByRole("link", { name: /^All/ }).click();
  await expect(rowsOf(page).filter({ hasText: source })).toContainText("OK");
  const found = await api.get("/api/v1/admin/audit", {
    params: { chain: license.number, action: "deployment.cleared" },
  });
  expect((await found.json()).items).toMatchObject([
    { object: source, details: { code: "sequence-behind" } },
  ]);
});

test("column headers sort the list, the URL keeps the sort, and the export has the same rows", async ({
  admin: page,
  api,
  issue,
}) => {
  const license = await issue({ allotments: [timeAllotment()] });
  for (const [source, name] of [
    ["s-1", "Zürich"],
    ["s-2", "Athens"],
    ["s-3", ""],
  ] as const) {
    await activate(license.site, { cause: "Initial", source });
    await api.patch(`/api/v1/admin/licenses/${license.number}/deployments/${source}`, { data: { name } });
  }
  await page.goto(deploymentsOf(license));
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(page).toHaveURL(/\?sort=name$/);
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  await expect(rowsOf(page).getByRole("rowheader")).toContainText(["Athens", "Zürich", "s-3"]);
  await page
    .getByRole("columnheader", { name: /^Share/ })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/\?sort=-share$/);
  await page.goto(`${deploymentsOf(license)}?sort=name`);
  const href = await page.getByRole("link", { name: "Export CSV" }).getAttribute("href");
  const lines = (await (await page.request.get(href ?? "")).text()).trimEnd().split("\r\n");
  expect(lines.map((line) => line.split(",")[0])).toEqual(["\uFEFFSource", "s-2", "s-1", "s-3"]);
  await page.getByRole("searchbox", { name: "Find a name or source" }).fill("zür");
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(page).toHaveURL(/q=z/);
});

test("new calls appear on an open page", async ({ admin: page, license }) => {
  await activate(license.site, { cause: "Initial", source: "first" });
  await page.clock.install();
  await page.goto(deploymentsOf(license));
  await expect(rowsOf(page)).toHaveCount(1);
  await activate(license.site, { cause: "Initial", source: "second" });
  await page.clock.runFor(31_000);
  await expect(rowsOf(page)).toHaveCount(2);
});

test("a license admin can't read or change another customer's deployments", async ({
  request,
  api,
  license,
}) => {
  for (const path of ["live", "export"])
    expect((await request.get(`${deploymentsOf(license)}/${path}`)).status(), path).toBe(401);
  await activate(license.site, { cause: "Initial", source: "here" });
  const deployment = `/api/v1/admin/licenses/${license.number}/deployments/here`;
  const refused = await api.delete(deployment);
  expect(refused.status()).toBe(409);
  expect(await refused.json()).toMatchObject({ code: "DEPLOYMENT_ALIVE" });
  expect((await api.delete(deployment.replace("here", "nobody"))).status()).toBe(404);
});
