import { type APIRequestContext, expect } from "@playwright/test";

export type WithWebhook = { webhook: string; delivery: string };

/** Creates a webhook of a license's customer that reaches nothing, and one delivery that failed. */
export async function withWebhook<Of extends { customerId: string }>(
  api: APIRequestContext,
  license: Of,
): Promise<Of & WithWebhook> {
  const data = {
    name: "Data warehouse",
    url: "https://localhost/hooks/licenses",
    customer: license.customerId,
  };
  const made = await api.post("/api/v1/admin/webhooks", { data });
  expect(made.status(), await made.text()).toBe(201);
  const { id: webhook } = await made.json();
  const tested = await api.post(`/api/v1/admin/webhooks/${webhook}/test`);
  expect(tested.status(), await tested.text()).toBe(200);
  const { id: delivery } = await tested.json();
  return { ...license, webhook, delivery };
}
