import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { openAlive } from "./alive";
import { expect, test } from "./fixtures";
import { seats } from "./guide";
import { activate } from "./product";
import { tabTo } from "./tab-to";

type Retrieval = { status: number; body: { lef?: string; code?: string } };

/** Acts as an older product, which has no key and asks with its serial and control number. */
async function retrieve(door: string, serial: string, control: string): Promise<Retrieval> {
  const response = await fetch(`${door}/v1/lef`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ serial, control, userAgent: "QlikView/11.20 legacy" }),
  });
  return { status: response.status, body: await response.json() };
}

const settingsOf = (number: string) => `/licenses/${number}/settings`;

/** Runs an action of the Legacy card by keyboard: its dialog starts at Cancel, and the action comes next. */
async function runLegacyAction(page: Page, button: string, action: string): Promise<void> {
  await page.getByRole("button", { name: button }).press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await tabTo(page, dialog.getByRole("button", { name: action }));
  await page.keyboard.press("Enter");
}

async function importList(api: APIRequestContext, csv: string) {
  const address = "/api/v1/admin/legacy/imports";
  const headers = { "Content-Type": "text/csv" };
  const begun = await api.post(address, { headers, data: csv });
  expect(begun.status(), await begun.text()).toBe(202);
  const { id } = await begun.json();
  await expect.poll(async () => (await (await api.get(`${address}/${id}`)).json()).state).toBe("done");
  return (await api.get(`${address}/${id}`)).json();
}

test("a legacy license is imported, retrieved as a LEF by serial and control number, migrated, and activated by key", async ({
  admin: page,
  api,
  door,
  issue,
}) => {
  const old = await issue({ allotments: [seats(25), seats(100, "analyzer")], valid: "./2031-12-31" });
  await page.goto(settingsOf(old.number));
  await runLegacyAction(page, "Create control number…", "Create control number");
  const shown = page.getByRole("dialog").locator("code");
  await expect(shown).toHaveText(/^(\w{4}-){2}\w{4}$/);
  const control = (await shown.textContent()) ?? "";
  const { body } = await retrieve(door, old.number, control);
  expect(body.lef).toContain("ISSUER;signet;;");

  // The file from another vendor's system becomes a license here.
  const serial = `5${Date.now()}`.padEnd(16, "0");
  const foreign = String(body.lef).replace(old.number, serial).replace("ISSUER;signet;;\n", "");
  const quoted = foreign.trim().replace(/^/gm, "> ");
  await openAlive(page, "/licenses/new");
  await page.getByRole("button", { name: /^License file/ }).press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("License file")).toBeFocused();
  await page.keyboard.insertText(quoted);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Preview LEF" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^The check code is from another issuer/)).toContainText(
    "Removed: mail quote marks in 7 lines",
  );
  await expect(page.getByRole("row", { name: "TIMELIMIT" })).toContainText("valid until 2031-12-31");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Fill in form" }).press("Enter");
  await page.getByRole("combobox", { name: "Customer" }).fill(`Legacy ${serial}`);
  await page.getByRole("button", { name: "Create license" }).click();
  await page.waitForURL(`/licenses/${serial}`);
  const made = await (await api.get(`/api/v1/admin/licenses/${serial}`)).json();
  expect(made).toMatchObject({
    valid: "./2031-12-31",
    definition: { allotments: [{ name: "professional" }, { name: "analyzer", units: [{ count: 100 }] }] },
  });

  // Another license comes from a list with its control number.
  const listed = `6${Date.now()}`.padEnd(16, "0");
  const csv = `Customer,Serial number,Control no,Level,Analyzer\nLegacy ${serial},${listed},OLD-77-CONTROL,50,7\n`;
  expect(await importList(api, csv)).toMatchObject({ created: 1, refused: 0 });
  expect((await retrieve(door, listed, "old77control")).body.lef).toContain("ANALYZER;7;;");

  await page.goto(settingsOf(listed));
  await expect(page.getByRole("row", { name: "QlikView/11.20 legacy" })).toBeVisible();
  await expectAccessible(page);
  await runLegacyAction(page, "Migrate to a signed key…", "Migrate license");
  const key = (await page.getByRole("dialog").locator("[data-key]").textContent()) ?? "";
  expect((await activate({ door, key })).body).toMatchObject({ license: listed, status: "active" });
  expect(await retrieve(door, listed, "OLD77CONTROL")).toMatchObject({
    status: 403,
    body: { code: "MIGRATED" },
  });
  await page.keyboard.press("Escape");
  await runLegacyAction(page, "Undo migration…", "Undo migration");
  await expect(page.getByText(/^In use since/)).toBeVisible();
  expect((await activate({ door, key })).body).toMatchObject({ code: "KEY_REVOKED" });
  expect((await retrieve(door, listed, "OLD77CONTROL")).status).toBe(200);
});
