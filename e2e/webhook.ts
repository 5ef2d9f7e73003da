import { type Client, unwrap } from "signet/client";

export type WithWebhook = { webhook: string; delivery: string };

/** Creates a webhook of a license's customer that reaches nothing, and one delivery that failed. */
export async function withWebhook<Of extends { customerId: string }>(
  client: Client,
  license: Of,
): Promise<Of & WithWebhook> {
  const { id: webhook } = await unwrap(
    client.POST("/api/v1/admin/webhooks", {
      body: { name: "Data warehouse", url: "https://localhost/hooks/licenses", customer: license.customerId },
    }),
  );
  const { id: delivery } = await unwrap(
    client.POST("/api/v1/admin/webhooks/{id}/test", { params: { path: { id: webhook } } }),
  );
  return { ...license, webhook, delivery };
}
