import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { allowedTo, seen } from "@/server/identity/session";
import { webhookById } from "@/server/webhooks/webhooks";

export type WebhookParams = { params: Promise<{ id: string }> };

/** The gate of a webhook's pages; returns the webhook, read once per request. */
export async function webhookOfPage({ params }: WebhookParams) {
  const id = z.uuid().safeParse((await params).id);
  const who = await allowedTo("webhooks.read");
  if (!id.success) notFound();
  return { who, ...(await readWebhook(id.data)) };
}

const readWebhook = cache(async (id: string) => {
  const who = await allowedTo("webhooks.read");
  const now = new Date();
  return { webhook: await seen(() => webhookById(who, id, now)), now };
});
