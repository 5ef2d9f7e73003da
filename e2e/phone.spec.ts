import { busyLicense } from "./busy";
import { expect, test } from "./fixtures";
import { tabTo } from "./tab-to";

test("on a phone the header of a license is short on all pages but the overview", async ({
  admin: page,
  issue,
}) => {
  const { number } = await busyLicense(issue);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/licenses/${number}`);
  const pages = page.getByRole("navigation", { name: "License", exact: true });
  await expect(page.getByText("no end date", { exact: true })).toBeVisible();
  const full = await pages.boundingBox();
  await page.goto(`/licenses/${number}/keys`);
  await expect(page.getByText("no end date", { exact: true })).toBeHidden();
  await expect(page.getByRole("list", { name: "License status" }).getByRole("link")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "More actions" })).toBeVisible();
  const short = await pages.boundingBox();
  expect(short?.y).toBeLessThan(full?.y ?? 0);
  await expect(page.getByRole("table").first()).toBeInViewport();
});

test("a card shows its main fields and unfolds the others by keyboard", async ({ admin: page, license }) => {
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

test("on a phone the top bar has the bell with its count, and the person menu has recent changes and time zone", async ({
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

test("on a phone the filters and actions of assignments are folded", async ({ admin: page, issue }) => {
  const { number } = await busyLicense(issue);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/licenses/${number}/assignments`);
  const state = page.getByRole("combobox", { name: "State" });
  await expect(state).toBeHidden();
  await expect(page.getByRole("link", { name: "Export CSV" })).toBeHidden();
  await page.getByRole("button", { name: "Filters" }).press("Enter");
  await state.selectOption("active");
  await expect(page.getByRole("button", { name: "Filters, 1" })).toBeVisible();
  await page.locator("summary", { hasText: /^More$/ }).press("Enter");
  await expect(page.getByRole("link", { name: "Export CSV" })).toBeVisible();
  await expect(
    page
      .getByRole("button", { name: "Assign", exact: true })
      .or(page.getByRole("link", { name: "Assign", exact: true })),
  ).toBeVisible();
});

for (const list of ["deployments", "audit"])
  test(`on a phone the filters of ${list} are folded`, async ({ admin: page, issue }) => {
    const { number } = await busyLicense(issue);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`/licenses/${number}/${list}`);
    const before = page.getByLabel(list === "audit" ? "To (UTC)" : "Seen before (UTC)", { exact: true });
    await expect(before).toBeHidden();
    await page.getByRole("button", { name: "Filters" }).press("Enter");
    await before.fill("2020-01-31");
    await expect(page.getByRole("button", { name: "Filters, 1" })).toBeVisible();
    await expect(page.getByRole("table")).toHaveCount(0);
  });
