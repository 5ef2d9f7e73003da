import { randomUUID } from "node:crypto";
import { request } from "@playwright/test";
import { expect, test } from "./fixtures";

test("a token is shown once, works, and is refused once it is revoked", async ({
  admin: page,
  baseURL,
  license,
}) => {
  const name = `ci ${randomUUID()}`;
  await page.goto("/tokens");
  await page.getByRole("link", { name: "Make a token" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Role").selectOption("auditor");
  await page.getByLabel("License", { exact: true }).fill(license.number);
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(page.getByRole("heading", { name: `The token ${name} was made` })).toBeFocused();
  const token = (await page.getByText(/^sgn_/).textContent()) ?? "";
  await page.getByRole("link", { name: "All tokens" }).last().click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
  await page.getByLabel("I have stored it").check();
  await page.getByRole("link", { name: "All tokens" }).last().click();

  const row = page.getByRole("row", { name });
  await expect(row).toContainText("Auditor");
  await expect(row).toContainText("never");
  expect(await page.content()).not.toContain(token);
  const program = await request.newContext({
    baseURL,
    extraHTTPHeaders: { Authorization: `Bearer ${token}` },
  });
  const seen = await (await program.get("/api/v1/admin/licenses")).json();
  expect(seen.items.map(({ number }: { number: string }) => number)).toEqual([license.number]);
  await page.reload();
  await expect(row).toContainText("just now");

  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke token" }).click();
  await expect(row).toContainText("Revoked");
  expect((await program.get("/api/v1/admin/licenses")).status()).toBe(401);
  await program.dispose();
});

test("a token that can not be made says why beside its field", async ({ admin: page }) => {
  await page.goto("/tokens/new");
  await page.getByLabel("Name").fill("for nothing");
  await page.getByLabel("Role").selectOption("license-admin");
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(page.getByText("Name the customers, or the license")).toBeVisible();
  await page.getByLabel("License", { exact: true }).fill("12");
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(page.getByText("Must be 16 digits.")).toBeVisible();
});
