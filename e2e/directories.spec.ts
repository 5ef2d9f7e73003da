import { randomUUID } from "node:crypto";
import { unwrap } from "signet/client";
import { expect, test } from "./fixtures";
import { spaced } from "./guide";

test("a directory is connected with a token that is shown once, and reports", async ({
  admin: page,
  api,
  license,
}) => {
  const name = `Entra ${randomUUID()}`;
  await page.goto("/directories");
  await page.getByRole("link", { name: "Connect directory" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("License", { exact: true }).fill(spaced(license.number));
  await page.getByRole("button", { name: "Connect directory" }).click();
  await expect(page.getByRole("heading", { name: `Directory ${name} connected` })).toBeFocused();
  const token = (await page.getByText(/^sgn_/).textContent()) ?? "";
  await page.getByLabel("I have stored it").check();
  await page.getByRole("link", { name: "Open the directory" }).click();
  await expect(page.getByText("Only reports")).toBeVisible();
  expect(await page.content()).not.toContain(token);

  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/scim+json" };
  const sent = await api.post("/scim/v2/Users", { headers, data: { userName: "bob", active: "False" } });
  expect(sent.status()).toBe(201);
  await page.reload();
  await expect(page.getByRole("row", { name: "POST /scim/v2/Users" })).toContainText("201");
  await expect(page.getByText("1, of which 1 inactive")).toBeVisible();
});

test("a directory is mapped beside another person's change, turned on and removed", async ({
  admin: page,
  client,
  license: { number },
}) => {
  const name = `Okta ${randomUUID()}`;
  const { id } = await unwrap(
    client.POST("/api/v1/admin/scim-connections", { body: { name, license: number } }),
  );
  await page.goto(`/directories/${id}/edit`);
  await page.getByLabel("Group", { exact: true }).fill("Analysts");
  await page.getByLabel("License of the seats").fill("1234 1234 1234 1234");
  await page.getByLabel("Allotment").fill("professional");
  await page.getByRole("button", { name: "Save directory" }).click();
  await expect(page.getByRole("main").getByRole("alert").first()).toBeVisible();
  await page.getByLabel("License of the seats").fill(spaced(number));
  const params = { path: { id } };
  const body = { subject: "nickName" };
  await unwrap(client.PATCH("/api/v1/admin/scim-connections/{id}", { params, body }));
  await page.getByRole("button", { name: "Save directory" }).click();
  const conflict = page.getByRole("region", { name: "Conflicting change" });
  await expect(conflict).toContainText("nickName");
  await expect(page.getByLabel("Group", { exact: true })).toHaveValue("Analysts");
  await conflict.getByRole("button", { name: "Keep my version" }).click();
  await page.getByRole("button", { name: "Save directory" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.getByRole("link", { name: "Back to the directory" }).click();
  await expect(page.getByRole("row", { name: "Analysts" })).toContainText("professional");

  await page.getByRole("button", { name: "Turn report mode off…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Turn report mode off" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Remove…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove directory" }).click();
  await expect(page.getByRole("heading", { name: "Directories", level: 1 })).toBeVisible();
  await expect(page.getByRole("row", { name })).toHaveCount(0);
});
