import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { holdRequests } from "./hold-requests";

const TABS = { name: "License", exact: true };

test("a slow page shows its skeleton first, and nothing moves", async ({ admin: page, issue }) => {
  const { number, customer } = await issue();
  await page.goto("/licenses");
  const showLicense = await holdRequests(page, new RegExp(`^/licenses/${number}$`));
  await page.getByRole("searchbox", { name: "Find a license" }).fill(number);
  const link = page.getByRole("rowheader").getByRole("link");
  await expect(link).toHaveCount(1);
  await recordShifts(page);
  await link.click();
  await expect(page.getByRole("heading", { name: "Licenses" })).toBeHidden();
  showLicense();
  await expect(page.getByRole("heading", { name: customer })).toBeVisible();

  const showKeys = await holdRequests(page, new RegExp(`^/licenses/${number}/keys$`));
  const tab = page.getByRole("navigation", TABS).getByRole("link", { name: "Keys" });
  await tab.click();
  await expect(tab.locator("[data-ahead]")).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Details" })).toBeHidden();
  await expect(page.getByRole("heading", { name: customer })).toBeVisible();
  showKeys();
  await expect(page.getByRole("heading", { name: "Keys" })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  expect(await page.evaluate(() => window.shift)).toBeLessThan(0.02);
});

test("the current rows stay while a filter loads others", async ({ admin: page, issue }) => {
  const { number } = await issue();
  await page.goto(`/licenses/${number}/keys`);
  const show = await holdRequests(page, new RegExp(`^/licenses/${number}/keys$`));
  await page.getByRole("link", { name: /^Stopped/ }).click();
  await expect(page.locator("[aria-busy=true]").first()).toBeVisible();
  await expect(page.getByRole("table")).toBeVisible();
  show();
  await expect(page.getByText("No stopped keys.")).toBeVisible();
});

async function recordShifts(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.shift = 0;
    type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[])
        if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift" });
  });
}
