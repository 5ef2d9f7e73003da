import { randomUUID } from "node:crypto";
import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import { timeAllotment } from "./guide";
import { report } from "./product";

const SOURCE = "5c0e4a7e-8f0b-4a39-9a51-3f7d61cf2b11";

test("an admin bounds a license, sees who has reserved minutes, and releases them", async ({
  admin: page,
  issue,
}) => {
  const { number, site } = await issue({
    allotments: [timeAllotment({ units: [{ count: 300, valid: "" }], overage: 0 })],
  });
  await report(site, { source: SOURCE, consumption: [] });
  await page.goto(`/licenses/${number}/settings`);
  await expect(page.getByText("If you choose Bounded, 1 deployment would get no minutes")).toBeVisible();
  await page.getByRole("radio", { name: /^Bounded/ }).check();
  await expect(page.getByRole("button", { name: /^Undo/ }).first()).toBeVisible();
  await expectAccessible(page);

  const month = new Date().toISOString().slice(0, 7);
  const ask = { id: 1, allotment: "analyzer_time", month, sequence: 1, used: 0, reported: 0, want: 60 };
  const { body } = await report(site, { source: SOURCE, consumption: [], run: randomUUID(), leases: [ask] });
  expect(body.leases).toMatchObject([{ granted: 60, free: 240 }]);

  await page.goto(`/licenses/${number}/capacity`);
  await page.getByRole("link", { name: "Reserved minutes" }).click();
  const row = page.getByRole("row", { name: new RegExp(SOURCE) });
  await expect(row).toContainText("Open");
  await expect(page.getByText("of 300 minutes")).toBeVisible();
  await expectAccessible(page);
  await row.getByRole("button", { name: /^Release 60 reserved minutes/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("the month can end up to 60 above its cap");
  await dialog.getByLabel("Reason").fill("The machine was scrapped.");
  await dialog.getByRole("button", { name: "Release minutes" }).click();
  await expect(row).toContainText("Released");
});
