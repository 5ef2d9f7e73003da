import { randomUUID } from "node:crypto";
import { request } from "@playwright/test";
import { expect, test } from "./fixtures";

test("a token is shown once, works, and is refused after it is revoked", async ({
  admin: page,
  baseURL,
  license,
}) => {
  const name = `ci ${randomUUID()}`;
  await page.goto("/tokens");
  await page.getByRole("link", { name: "Create token" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Role").selectOption("auditor");
  await page.getByLabel("License", { exact: true }).fill(license.number);
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("heading", { name: `Token ${name} created` })).toBeFocused();
  const token = (await page.getByText(/^sgn_/).textContent()) ?? "";
  await page.getByRole("link", { name: "Back to tokens" }).last().click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
  await page.getByLabel("I have stored it").check();
  await page.getByRole("link", { name: "Back to tokens" }).last().click();

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

test("the list of tokens can be searched, filtered and sorted, and exported without their text", async ({
  admin: page,
  api,
}) => {
  const word = randomUUID();
  const texts: string[] = [];
  for (const [name, role] of [
    [`+A ${word}`, "auditor"],
    [`B ${word}`, "issuer"],
    [`C ${word}`, "auditor"],
  ]) {
    const made = await (await api.post("/api/v1/admin/tokens", { data: { name, role } })).json();
    texts.push(made.token);
    if (name?.startsWith("C")) await api.delete(`/api/v1/admin/tokens/${made.id}`);
  }
  await page.goto("/tokens");
  await page.getByRole("searchbox", { name: "Find a token" }).pressSequentially(word.slice(0, 13));
  await expect(page.getByText("3 of 3 tokens, newest first")).toBeVisible();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(page.getByRole("rowheader")).toContainText([`+A ${word}`, `B ${word}`, `C ${word}`]);
  await page.getByLabel("Role", { exact: true }).selectOption("Auditor");
  await expect(page.getByRole("rowheader")).toHaveCount(2);
  await page.getByLabel("State", { exact: true }).selectOption("In use");
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await expect(page.getByRole("rowheader")).toContainText([`+A ${word}`]);
  await expect(page).toHaveURL(/sort=name/);
  const href = await page.getByRole("link", { name: "Export CSV" }).getAttribute("href");
  const sheet = await (await page.request.get(href ?? "")).text();
  const rows = sheet.trim().split("\r\n").slice(1);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain(`'+A ${word},auditor,everything,`);
  for (const text of texts) expect(sheet).not.toContain(text);
  await page.getByLabel("State", { exact: true }).selectOption("Expired or revoked");
  await expect(page.getByRole("rowheader")).toContainText([`C ${word}`]);
});

test("a refused token shows the error beside its field", async ({ admin: page }) => {
  await page.goto("/tokens/new");
  await page.getByLabel("Name").fill("for nothing");
  await page.getByLabel("Role").selectOption("license-admin");
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByText("Name the customers or the license")).toBeVisible();
  await page.getByLabel("License", { exact: true }).fill("12");
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByText("Must be 16 digits.")).toBeVisible();
});
