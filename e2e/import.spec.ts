import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { openAlive } from "./alive";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats } from "./guide";

const MANY = 4000;

const csv = (...rows: string[]) => Buffer.from(rows.join("\r\n"));

async function chooseFile(page: Page, number: string, buffer: Buffer): Promise<void> {
  await openAlive(page, `/licenses/${number}/assignments/import`);
  await page.getByLabel("CSV file").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer });
}

const columnsForm = (page: Page) => page.getByRole("form", { name: "Confirm the columns of people.csv" });
const columnField = (page: Page, name: string) =>
  columnsForm(page).getByRole("combobox", { name, exact: true });
const checkRows = (page: Page) => page.getByRole("button", { name: "Check rows" }).click();
const rowsOf = (page: Page) => page.getByRole("table", { name: "Rows of the file" }).getByRole("row");

const importResult = (page: Page, name: string) =>
  rowsOf(page).filter({ has: page.getByRole("rowheader", { name, exact: true }) });

test("an import shows a result for every row and assigns the users who fit", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(3, "analyzer"), seats(2)] });
  const [bob, eve, kim] = [subject("bob"), subject("eve"), subject("kim")];
  for (const name of [bob, eve]) {
    const data = { subject: name, allotment: "analyzer" };
    await api.post(`/api/v1/admin/licenses/${number}/assignments`, { data });
  }
  const formula = `'=${kim}`;
  const file = csv(
    "created;Allotment;Subject",
    `2026;analyzer;${bob}`,
    `2026;professional;${eve}`,
    `2026;analyser;${kim}`,
    `;;${formula}`,
    `;;${kim}`,
    `;;${kim.toUpperCase()}`,
    ";professional;",
    `;analyzer;${subject("lee")}`,
  );
  await chooseFile(page, number, file);
  await checkRows(page);
  await expect(importResult(page, bob)).toContainText("Already assigned");
  await expect(importResult(page, eve)).toContainText("Will be converted from analyzer");
  await expect(importResult(page, kim).first()).toContainText(
    'This license has no allotment "analyser". Choose analyzer or professional.',
  );
  await expect(importResult(page, `=${kim}`)).toContainText("Will be assigned");
  await expect(importResult(page, kim.toUpperCase())).toContainText("Same user as in row 6, which is used.");
  await expect(importResult(page, "(empty)")).toContainText("The subject is empty");
  // Eve gives up the last analyzer seat, two rows take one each, and none is left for the last row.
  await expect(importResult(page, subject("lee"))).toContainText("All 3 analyzer seats are taken.");
  await page.getByRole("button", { name: "Skipped 4" }).click();
  await expect(rowsOf(page)).toHaveCount(5);
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download 4 skipped rows" }).click(),
  ]);
  const lines = (await readFile(await saved.path(), "utf8")).trim().split("\r\n");
  expect(lines[0]).toBe("subject,allotment,row,why");
  expect(lines[1]).toBe(
    `${kim},analyser,4,"This license has no allotment ""analyser"". Choose analyzer or professional."`,
  );
  await page.getByRole("button", { name: "Assign 3 of 8" }).click();
  await page.getByRole("button", { name: "All 8" }).click();
  await expect(importResult(page, eve)).toContainText("Converted");
  const held = async () => {
    const { items } = await (await api.get(`/api/v1/admin/licenses/${number}/assignments`)).json();
    return items
      .map((seat: { subject: string; allotment: string }) => `${seat.subject} ${seat.allotment}`)
      .sort();
  };
  await expect
    .poll(held)
    .toEqual([`=${kim} analyzer`, `${bob} analyzer`, `${eve} professional`, `${kim} analyzer`].sort());
  await page.keyboard.press("Control+z");
  await expect.poll(held).toEqual([`${bob} analyzer`, `${eve} analyzer`].sort());
});

test("a long import runs in chunks, can be cancelled, and can be continued", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(MANY)] });
  const rows = Array.from({ length: MANY }, (_, index) => subject(`user ${index}`));
  await chooseFile(page, number, csv("subject", ...rows));
  await checkRows(page);
  await page.getByRole("button", { name: "Assign 4,000 of 4,000" }).click();
  await expect(page.getByRole("button", { name: /^Assigned [123],000$/ })).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  const note = page.getByRole("status").filter({ hasText: "rows were sent" });
  await expect(note).toHaveText(/^[123],000 of 4,000 rows were sent, [123],000 are waiting\.$/);
  const sent = Number(String(await note.textContent()).charAt(0));
  await page.getByRole("button", { name: `Assign ${MANY / 1000 - sent},000 of 4,000` }).click();
  await expect(page.getByRole("button", { name: "Assigned 4,000" })).toBeVisible();
  await chooseFile(page, number, csv("subject", ...rows));
  await checkRows(page);
  await expect(page.getByRole("button", { name: "Already assigned 4,000" })).toBeVisible();
  expect(await page.getByRole("row").count()).toBeLessThan(100);
});

test("invalid CSV is refused with its row, and pasted rows can be imported", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(3)] });
  await chooseFile(page, number, Buffer.from([0x61, 0x0a, 0x92, 0x0a]));
  await expect(page.getByRole("alert").filter({ hasText: "UTF-8" })).toHaveText(
    "The file wasn't read. Line 2 isn't UTF-8. The byte at offset 2 (0x92) is not UTF-8. Save it as “CSV UTF-8” and choose it again.",
  );
  await expect(page.getByRole("button", { name: /^Copy the request ID [0-9a-f-]+$/ })).toBeVisible();
  await page.getByLabel("Or paste rows").fill(`${subject("bob")}\n${subject("eve")}`);
  await page.getByRole("button", { name: "Use these rows" }).click();
  await checkRows(page);
  await page.getByRole("button", { name: "Assign 2 of 2" }).click();
  await expect(page.getByRole("button", { name: "Assigned 2" })).toBeVisible();
});

test("columns are confirmed before rows are checked, and can be corrected", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(1), seats(1, "analyzer")] });
  const directory = subject("").slice(0, -1);
  for (const [name, allotment] of [
    [subject("bob"), "professional"],
    [subject("eve"), "analyzer"],
  ])
    await api.post(`/api/v1/admin/licenses/${number}/assignments`, { data: { subject: name, allotment } });
  const file = csv(
    "Users of the deployment in Lund",
    "name;userDirectory;userId;licenseType",
    `"Bob\nB";${directory};bob;Analyzer`,
    `Eve;${directory};eve;Professional`,
  );
  await chooseFile(page, number, file);
  await expect(page.getByRole("heading", { name: "Confirm the columns of people.csv" })).toBeFocused();
  await expect(columnsForm(page).getByText(`Row 3 is ${subject("bob")}, Analyzer.`)).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(0);
  await columnField(page, "Directory").selectOption("None");
  await expect(columnsForm(page).getByText("Row 3 is bob, Analyzer.")).toBeVisible();
  await columnField(page, "Directory").selectOption("B: userDirectory");
  await columnField(page, "First row with a user").selectOption("2");
  await expect(columnsForm(page).getByText("Row 2 is userDirectory\\userId, licenseType.")).toBeVisible();
  await columnField(page, "Separator").selectOption("Comma");
  await expect(page.getByRole("alert").filter({ hasText: "Row 3 isn't valid CSV" })).toBeVisible();
  await expect(columnField(page, "Separator").locator("option:checked")).toHaveText("Semicolon");
  await columnField(page, "First row with a user").selectOption("3");
  await checkRows(page);
  for (const name of ["bob", "eve"])
    await expect(importResult(page, subject(name))).toContainText("Will be converted from");
  await page.getByRole("button", { name: "Assign 2 of 2" }).click();
  await expect(page.getByRole("button", { name: "Converted 2" })).toBeVisible();
  await expect(
    page.getByText("Converted 2 users from people.csv.").filter({ visible: true }).first(),
  ).toBeVisible();
});
