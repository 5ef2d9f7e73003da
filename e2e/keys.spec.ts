import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, issueKey, revokeKey, test } from "./fixtures";
import { spaced } from "./guide";
import { activate } from "./product";

const keysOf = (number: string) => `/licenses/${number}/keys`;
const rowOf = (page: Page, jti: string) => page.getByRole("row").filter({ hasText: jti.slice(0, 8) });

test("a key issued in the console activates a product", async ({ admin: page, license, door }) => {
  await page.goto(keysOf(license.number));
  await page.getByRole("link", { name: "Issue a key" }).click();
  await expect(page.getByText(`"license": "${license.number}"`)).toBeVisible();
  await page.getByLabel("Label").fill("Warsaw, production");
  await page.getByRole("button", { name: "Issue key" }).click();
  await expect(page.getByRole("heading", { name: "Key issued" })).toBeVisible();
  const key = (await page.locator("[data-key]").textContent()) ?? "";
  expect((await activate({ door, key })).body).toMatchObject({ license: license.number, status: "active" });
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download .txt" }).click();
  expect((await download).suggestedFilename()).toContain(license.number);
  await page.getByRole("link", { name: "All keys of this license" }).click();
  const row = page.getByRole("row", { name: "Warsaw, production" });
  await expect(row).toContainText("In use");
  await expect(row).toContainText("just now");
});

test("a key is in the page only while it is revealed, and the audit records every reveal", async ({
  admin: page,
  api,
  license,
}) => {
  await page.clock.install();
  await page.goto(keysOf(license.number));
  const shown = page.locator("[data-key]");
  const reveal = page.getByRole("button", { name: /^Reveal / });
  const show = page.getByRole("button", { name: "Show for 1 minute" });
  await reveal.click();
  await expect(show).toBeVisible();
  expect(await page.content()).not.toContain(license.key);
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await show.click();
  await expect(shown).toHaveText(license.key);
  expect((await answered).headers()["cache-control"]).toContain("no-store");
  await page.evaluate(() => window.dispatchEvent(new Event("blur")));
  await expect(shown).toHaveCount(0);
  expect(await page.content()).not.toContain(license.key);
  await show.click();
  await expect(shown).toHaveText(license.key);
  await page.clock.fastForward(61_000);
  await expect(shown).toHaveCount(0);
  await page.getByRole("button", { name: "Close" }).last().click();
  await expect(reveal).toBeFocused();
  expect(await auditEvents(api, license.number, "key.revealed")).toHaveLength(2);
});

test("a key is revoked by typing the license number, with the keyboard alone", async ({
  admin: page,
  api,
  license,
}) => {
  const spare = await issueKey(api, license.number);
  expect((await activate(license.site, { cause: "Initial", source: "Warsaw" })).status).toBe(200);
  await page.goto(keysOf(license.number));
  const revoke = rowOf(page, license.jti).getByRole("button", { name: /^Revoke / });
  await revoke.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 deployment stops at the next contact");
  const number = dialog.getByLabel("Enter the license number");
  await expect(number).toBeFocused();
  const last = dialog.getByRole("button", { name: "Revoke key" });
  await expect(last).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.type("1111");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText(`does not match. You entered …1111, but this one ends in …`);
  await number.fill("");
  await page.keyboard.type(spaced(license.number));
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("leaked");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  const row = rowOf(page, license.jti);
  await expect(row).toContainText("Revoked");
  await expect(row).toContainText("leaked");
  await expect(revoke).toBeFocused();
  await expect(revoke).toHaveAttribute("aria-disabled", "true");
  expect((await activate(license.site)).body.code).toBe("KEY_REVOKED");
  expect((await activate({ ...license.site, key: spare.key })).status).toBe(200);
  await page.getByRole("link", { name: /^Stopped/ }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
});

test("a key opens beside the list, also from a deployment, and links to its deployments", async ({
  admin: page,
  api,
  license,
}) => {
  const spare = await issueKey(api, license.number);
  await activate(license.site, { cause: "Initial", source: "Warsaw" });
  await activate({ ...license.site, key: spare.key }, { cause: "Initial", source: "Munich" });
  await page.goto(`/licenses/${license.number}/deployments?open=Warsaw`);
  await page.getByRole("link", { name: license.jti.slice(0, 8) }).click();
  await expect(page).toHaveURL(`${keysOf(license.number)}?open=${license.jti}`);
  const panel = page.getByRole("complementary", { name: `Key ${license.jti.slice(0, 8)}` });
  await expect(rowOf(page, license.jti)).toHaveAttribute("aria-current", "true");
  await expect(panel).toContainText("In use");
  await expect(panel.getByText(`"jti": "${license.jti}"`)).toBeVisible();
  await expect(panel).toContainText("just now by");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.getByRole("button", { name: "Copy jti" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(license.jti);
  await panel.getByRole("button", { name: "Copy kid" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(kidOf(license.key));
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(rowOf(page, license.jti).getByRole("link").first()).toBeFocused();
  await revokeKey(api, license.jti);
  await page.goto(`${keysOf(license.number)}?status=in-use&open=${license.jti}`);
  await expect(panel).toContainText("a test");
  await expect(panel).toContainText(/Revoked\s*just now by/);
  await panel.getByRole("link", { name: "1 deployment" }).click();
  await expect(page.getByRole("combobox", { name: "Key" })).toHaveValue(license.jti);
  await expect(page.getByRole("link", { name: "Warsaw" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Munich" })).toBeHidden();
  await page.goto(keysOf(license.number));
  await rowOf(page, spare.jti).getByRole("link", { name: "1" }).click();
  await expect(page.getByRole("link", { name: "Munich" })).toBeVisible();
  await page.goto(`${keysOf(license.number)}?open=nothing`);
  await expect(page.getByText("No key of this license has this ID.")).toBeVisible();
});

function kidOf(key: string): unknown {
  return JSON.parse(Buffer.from(key.split(".")[0] ?? "", "base64url").toString()).kid;
}

async function auditEvents(api: APIRequestContext, chain: string, action: string): Promise<unknown[]> {
  const found = await api.get("/api/v1/admin/audit", { params: { chain, action } });
  return (await found.json()).items;
}
