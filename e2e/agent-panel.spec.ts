import { expectAccessible } from "./accessible";
import { startAgent } from "./agent-process";
import { expect, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";

test("the control panel of an agent takes a key, assigns and releases a seat, in both themes and on a phone", async ({
  browser,
  issue,
  door,
}) => {
  const { key } = await issue({ allotments: [seats(2), timeAllotment()] });
  const agent = await startAgent(door);
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("dialog", (dialog) => dialog.accept());
    await page.goto(agent.url);
    await expect(page.getByText("No license", { exact: true })).toBeVisible();
    await page.getByLabel("Paste the key as the vendor sent it").fill(key);
    await page.getByRole("button", { name: "Enter key" }).press("Enter");
    await expect(page.getByRole("status").first()).toHaveText("License key accepted.");
    await expect(page.getByText("Active", { exact: true })).toBeVisible();
    await page.getByLabel("User", { exact: true }).fill("acme\\bob");
    await page.getByRole("button", { name: "Assign" }).press("Enter");
    await expect(page.getByRole("cell", { name: "acme\\bob", exact: true })).toBeVisible();
    await expect(page.getByRole("row", { name: /^professional 1 2 seats/ })).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    await expectAccessible(page);
    const widths = () => [document.documentElement.scrollWidth, window.innerWidth];
    const [needed = 0, there = 0] = await page.evaluate(widths);
    expect(needed).toBeLessThanOrEqual(there);
    await page.getByRole("button", { name: "Release acme\\bob from professional" }).press("Enter");
    await expect(page.getByText("Released acme\\bob.")).toBeVisible();
    await expect(page.getByText("0 assignments")).toBeVisible();
    expect(errors).toEqual([]);
  } finally {
    await context.close();
    await agent.kill();
  }
});
