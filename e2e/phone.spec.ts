import { busyLicense } from "./busy";
import { expect, test } from "./fixtures";
import { tabTo } from "./tab-to";

test("below the overview the head of a license is short on a phone", async ({ admin: page, issue }) => {
  const { number } = await busyLicense(issue);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/licenses/${number}`);
  const pages = page.getByRole("navigation", { name: "License", exact: true });
  await expect(page.getByText("no end date", { exact: true })).toBeVisible();
  await page.goto(`/licenses/${number}/keys`);
  await expect(page.getByText("no end date", { exact: true })).toBeHidden();
  await expect(page.getByRole("list", { name: "License status" }).getByRole("link")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "More actions" })).toBeVisible();
  expect((await pages.boundingBox())?.y).toBeLessThan(220);
});

test("a card shows the first facts, and the others by a press of a key", async ({ admin: page, license }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/licenses/${license.number}/keys`);
  const folded = page.locator('td[data-label="Signed with"]');
  const more = page.locator('summary[aria-label="More"]');
  await expect(page.locator('td[data-label="Last used"]')).toBeVisible();
  await expect(folded).toBeHidden();
  await tabTo(page, more);
  await page.keyboard.press("Enter");
  await expect(folded).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(folded).toBeHidden();
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(more).toBeHidden();
  await expect(folded).toBeVisible();
});

test("on a phone the bell tells its number in the top bar, and changes and zone are under the person", async ({
  admin: page,
  issue,
}) => {
  await busyLicense(issue);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/");
  await page
    .getByRole("banner")
    .getByRole("button", { name: /^Needs attention: \d+$/ })
    .click();
  await expect(page.locator("#bell").getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^You: / }).click();
  await expect(page.getByText("Times in")).toBeVisible();
  await page.getByRole("button", { name: "Recent changes" }).click();
  await expect(page.getByRole("heading", { name: "Recent changes" })).toBeVisible();
});

test("filters and actions of assignments are folded on a phone", async ({ admin: page, issue }) => {
  const { number } = await busyLicense(issue);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/licenses/${number}/assignments`);
  const state = page.getByRole("combobox", { name: "State" });
  await expect(state).toBeHidden();
  await expect(page.getByRole("link", { name: "Export CSV" })).toBeHidden();
  await page.getByRole("button", { name: "Filters" }).press("Enter");
  await state.selectOption("active");
  await expect(page.getByRole("button", { name: "Filters, 1" })).toBeVisible();
  await page.getByRole("button", { name: "More", exact: true }).press("Enter");
  await expect(page.getByRole("link", { name: "Export CSV" })).toBeVisible();
  await expect(
    page
      .getByRole("button", { name: "Assign", exact: true })
      .or(page.getByRole("link", { name: "Assign", exact: true })),
  ).toBeVisible();
});

for (const list of ["deployments", "audit"])
  test(`filters of ${list} are folded on a phone`, async ({ admin: page, issue }) => {
    const { number } = await busyLicense(issue);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`/licenses/${number}/${list}`);
    const before = page.getByLabel(list === "audit" ? "To" : "Seen before", { exact: true });
    await expect(before).toBeHidden();
    await page.getByRole("button", { name: "Filters" }).press("Enter");
    await before.fill("2020-01-31");
    await expect(page.getByRole("button", { name: "Filters, 1" })).toBeVisible();
    await expect(page.getByRole("table")).toHaveCount(0);
  });
