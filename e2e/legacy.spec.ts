import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";

test("a license file that is truncated or of another license is refused with its line", async ({
  admin: page,
}) => {
  await page.goto("/licenses/new");
  await page.getByRole("textbox", { name: "License number" }).fill("1111 2222 3333 4444");
  await page.getByRole("button", { name: /^License file/ }).click();
  const file = page.getByLabel("License file");
  const preview = page.getByRole("button", { name: "Preview LEF" });
  await file.fill("9999000000000042\nPROFESSIONAL;10;;\nTIMELIM");
  await preview.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "Line 3: It isn't ATTRIBUTE;VALUE;VALIDFROM;VALIDTO.",
  );
  await file.fill("9999000000000042\nISSUER;signet;;\nPROFESSIONAL;10;;");
  await preview.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "The check code at the end is missing",
  );
  await file.fill("9999000000000042\nPROFESSIONAL;10;;");
  await preview.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "is for the license 9999000000000042, not for 1111222233334444",
  );
});

test("a list of licenses is checked and imported, and a second import changes nothing", async ({
  admin: page,
}) => {
  const serial = (row: number) => `7${String(Date.now()).slice(-11)}${String(row).padStart(4, "0")}`;
  const serials = Array.from({ length: 120 }, (_, row) => serial(row));
  const rows = serials.map((number) => `${number},ABCD-EFGH-${number.slice(-4)},List,10`);
  const csv = ["serial,control,customer,level", ...rows, `${serials[0]},OTHER-CONTROL,List,10`].join("\n");
  const file = { name: "legacy.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.goto("/licenses/import");
  const choose = page.getByLabel("CSV file");
  await choose.setInputFiles(file);
  await expect(page.getByText("120 licenses to create, 1 row skipped")).toBeVisible();
  await page.getByRole("button", { name: "Show skipped rows" }).click();
  await expect(page.getByRole("row", { name: "An earlier row has this serial number." })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Import 120 licenses" }).click();
  await expect(page.getByText("Import finished: 120 created, 0 already here, 1 skipped")).toBeVisible();
  await choose.setInputFiles(file);
  await expect(page.getByText("0 licenses to create, 1 row skipped")).toBeVisible();
});
