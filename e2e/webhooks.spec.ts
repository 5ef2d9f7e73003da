import { randomUUID } from "node:crypto";
import { unwrap } from "signet/client";
import { expect, test } from "./fixtures";
import { withWebhook } from "./webhook";

test("a webhook is created with a secret that is shown once, tested, edited, paused and removed", async ({
  admin: page,
  client,
  license,
}) => {
  const name = `Warehouse ${randomUUID()}`;
  await page.goto("/webhooks");
  await page.getByRole("link", { name: "Create webhook" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("URL").fill("https://192.168.1.1/hooks");
  await page.getByLabel("Licenses of").selectOption({ label: license.customer });
  await page.getByLabel("Key issued").check();
  await page.getByRole("button", { name: "Create webhook" }).click();
  await expect(page.getByText("Enter a public address.")).toBeVisible();
  await page.getByLabel("URL").fill("https://localhost/hooks");
  await page.getByRole("button", { name: "Create webhook" }).click();
  await expect(page.getByRole("heading", { name: `Webhook ${name} created` })).toBeFocused();
  const secret = (await page.getByText(/^whsec_/).textContent()) ?? "";
  await page.getByLabel("I have stored it").check();
  await page.getByRole("link", { name: "Open the webhook" }).click();

  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(page.getByRole("heading", { name: "Test event", level: 1 })).toBeVisible();
  await expect(page.getByText("an address that webhooks may not reach")).toBeVisible();
  await expect(page.getByText("webhook-signature: [hidden]")).toBeVisible();
  await page.getByRole("link", { name: `Back to ${name}` }).click();

  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Events are kept and sent when you resume it.")).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Edit" }).click();
  await expect(page.getByLabel("Key issued")).toBeChecked();
  await page.getByLabel("Key revoked").check();
  const params = { path: { id: page.url().split("/").at(-2) ?? "" } };
  await unwrap(client.PATCH("/api/v1/admin/webhooks/{id}", { params, body: { typePrefix: "com.acme." } }));
  await page.getByRole("button", { name: "Save webhook" }).click();
  const conflict = page.getByRole("region", { name: "Conflicting change" });
  await expect(conflict).toContainText("com.acme.");
  await expect(page.getByLabel("Key revoked")).toBeChecked();
  await conflict.getByRole("button", { name: "Keep my version" }).click();
  await page.getByRole("button", { name: "Save webhook" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.getByRole("link", { name: "Back to the webhook" }).click();
  await expect(page.getByText("Key issued, Key revoked")).toBeVisible();

  await page.getByRole("button", { name: "Rotate secret…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Rotate secret" }).click();
  await expect(page.getByRole("dialog").getByText(/^whsec_/)).not.toHaveText(secret);
  await page.getByRole("dialog").getByLabel("I have stored it").check();
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.getByText("also signs until")).toBeVisible();

  await page.getByRole("button", { name: "Remove…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove webhook" }).click();
  await expect(page.getByRole("heading", { name: "Webhooks", level: 1 })).toBeVisible();
  await expect(page.getByRole("row", { name })).toHaveCount(0);
});

test("an event reaches the log of a webhook within seconds", async ({ client, license }) => {
  const { webhook, number } = await withWebhook(client, license);
  const { jti } = await unwrap(
    client.POST("/api/v1/admin/licenses/{number}/keys", {
      params: { path: { number } },
      body: { label: "for the log" },
    }),
  );
  const log = { path: { id: webhook }, query: { type: "key.issued" } };
  const first = async () => {
    const { items } = await unwrap(client.GET("/api/v1/admin/webhooks/{id}/deliveries", { params: log }));
    return items[0];
  };
  await expect
    .poll(async () => (await first())?.last?.failure, { timeout: 30_000 })
    .toBe("ADDRESS_NOT_ALLOWED");
  const id = (await first())?.id ?? "";
  const { request, attempts } = await unwrap(
    client.GET("/api/v1/admin/deliveries/{id}", { params: { path: { id } } }),
  );
  expect(JSON.parse(request?.body ?? "")).toMatchObject({
    type: "io.signet.license.key.issued",
    data: { jti },
  });
  expect(attempts[0]).toMatchObject({ status: null, failure: "ADDRESS_NOT_ALLOWED", response: null });
});
