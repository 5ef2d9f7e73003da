import type { APIRequestContext } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats, spaced } from "./guide";
import { activate, newPatch, sync } from "./product";

const settingsOf = (number: string) => `/licenses/${number}/settings`;

test("a switch saves itself, and the change can be undone", async ({ admin: page, api, license }) => {
  await page.goto(settingsOf(license.number));
  const professional = page.getByRole("switch", { name: "Professional seats" });
  await professional.focus();
  await page.keyboard.press("Space");
  await expect(professional).toBeChecked();
  await expect(async () => expect(await autoAssigns(api, license.number)).toBe(true)).toPass();
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect(professional).not.toBeChecked();
  expect(await autoAssigns(api, license.number)).toBe(false);
});

test("a setting that another admin changed meanwhile is reported, not overwritten", async ({
  admin: page,
  api,
  license,
}) => {
  await page.goto(settingsOf(license.number));
  const lease = page.getByLabel("Lease");
  await lease.fill("30");
  const path = `/api/v1/admin/licenses/${license.number}`;
  const settings = { leaseDays: 20, autoAssignAnalyzer: true };
  expect((await api.patch(path, { data: { settings } })).ok()).toBe(true);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const told = page.getByRole("alert").filter({ hasText: "somebody else changed it" });
  await expect(told).toContainText("Lease: 20 days. Grace: 14 days.");
  await expect(lease).toHaveValue("30 days");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(told).toBeHidden();
  expect((await (await api.get(path)).json()).settings.leaseDays).toBe(30);
});

test("notes that another admin changed meanwhile are shown beside what was typed, and neither is lost", async ({
  admin: page,
  api,
  license,
}) => {
  const path = `/api/v1/admin/licenses/${license.number}/notes`;
  await page.goto(settingsOf(license.number));
  const notes = page.getByRole("region", { name: "Notes" });
  const text = notes.getByLabel("Notes", { exact: true });
  await text.fill("Renews in May.");
  const { etag = "" } = (await api.get(path)).headers();
  const theirs = { contact: "Ana Ruiz", text: "Asked for 10 more." };
  expect((await api.put(path, { data: theirs, headers: { "If-Match": etag } })).ok()).toBe(true);
  const save = notes.getByRole("button", { name: "Save notes" });
  await save.click();
  const conflict = notes.getByRole("region", { name: "Conflicting change" });
  await expect(conflict).toContainText("Asked for 10 more.");
  await expect(text).toHaveValue("Renews in May.");
  await expect(save).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page);
  await conflict.getByRole("button", { name: "Keep my version" }).click();
  await save.click();
  await expect(save).toHaveAccessibleDescription("Nothing has changed.");
  expect(await (await api.get(path)).json()).toMatchObject({ contact: "", text: "Renews in May." });
});

test("the preview of auto-assign beside its switches uses recently rejected users", async ({
  admin: page,
  issue,
}) => {
  const { number, site } = await issue({ allotments: [seats(1)] });
  const patches = ["bob", "eve"].map((name) => newPatch(number, subject(name), { auto: true }));
  await sync(site, { source: "a deployment", bases: [{ license: number, version: 0 }], patches });
  await page.goto(settingsOf(number));
  await page.getByRole("button", { name: "Preview auto-assign…" }).click();
  const dialog = page.getByRole("dialog", { name: "Auto-assign preview" });
  await expect(dialog).toContainText("2 users have no seat");
  await dialog.getByLabel("professional").check();
  await expect(dialog).toContainText("1 would get professional and 1 would be refused.");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Preview auto-assign…" })).toBeFocused();
  await expect(page.getByRole("switch", { name: "Professional seats" })).not.toBeChecked();
});

test("days are saved with a button, and user matching can't change while a user is assigned", async ({
  admin: page,
  issue,
}) => {
  const license = await issue({ allotments: [seats(2)] });
  const bases = [{ license: license.number, version: 0 }];
  await sync(license.site, {
    source: "Warsaw",
    bases,
    patches: [newPatch(license.number, subject("ada"))],
  });
  await page.goto(settingsOf(license.number));
  await page.getByLabel("Lease").fill("30");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("region", { name: "Notifications" })).toContainText("Lease: 30 days");
  const { body } = await activate(license.site);
  expect(Date.parse(body.latestValidTime) - Date.parse(body.serverTime)).toBe(30 * 86_400_000);
  await expect(page.getByText("1 user is assigned. Release their seats first")).toBeVisible();
  await page.getByRole("radio", { name: "Exact" }).click({ force: true });
  await expect(page.getByRole("radio", { name: "Case-insensitive" })).toBeChecked();
});

test("a license can be suspended and resumed, and revoked by typing its number", async ({
  admin: page,
  license,
}) => {
  await page.goto(settingsOf(license.number));
  await page.getByRole("button", { name: "Suspend license…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Suspend license" }).click();
  await page.getByRole("button", { name: "Resume license" }).waitFor();
  expect((await activate(license.site)).body.code).toBe("LICENSE_SUSPENDED");
  await page.getByRole("button", { name: "Resume license" }).click();
  await page.getByRole("button", { name: "Suspend license…" }).waitFor();
  expect((await activate(license.site)).status).toBe(200);
  await page.getByRole("button", { name: "Revoke license…" }).click();
  const dialog = page.getByRole("dialog");
  const last = dialog.getByRole("button", { name: "Revoke license" });
  await expect(last).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("Enter the license number").fill(spaced(license.number));
  await last.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Suspend license…" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  expect((await activate(license.site)).body.code).toBe("LICENSE_REVOKED");
});

async function autoAssigns(api: APIRequestContext, number: string): Promise<boolean> {
  return (await (await api.get(`/api/v1/admin/licenses/${number}`)).json()).settings.autoAssignProfessional;
}
