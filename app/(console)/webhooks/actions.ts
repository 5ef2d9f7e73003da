"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { fieldsOf, tagIn, valuesOf } from "@/app/(console)/_lib/form-fields";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { NewWebhook, SecretRotation, WebhookChange } from "@/contract/webhook-schemas";
import { resendDelivery, testWebhook } from "@/server/webhooks/deliveries";
import { changeWebhook, createWebhook, removeWebhook, rotateWebhookSecret } from "@/server/webhooks/webhooks";

/** A webhook with its secret, which no other response contains. */
export type CreatedWebhook = { id: string; name: string; secret: string };

const id = z.uuid();
const state = WebhookChange.pick({ state: true }).required();

/** Creates a webhook. Works without JavaScript. */
export async function createWebhookByForm(
  _before: ActionResult<CreatedWebhook> | null,
  form: FormData,
): Promise<ActionResult<CreatedWebhook>> {
  const made = await act("webhooks.write", async ({ who, actor, now }) => {
    const { customer } = fieldsOf(form);
    const wanted = parsed(NewWebhook, { ...settingsIn(form), customer: customer || null });
    const { id: made, name, secret } = await createWebhook(who, wanted, actor, now);
    return { id: made, name, secret };
  });
  if (made.ok) revalidatePath("/webhooks");
  return made;
}

/** Saves the settings of a webhook; refused if they are no longer as the form showed them. */
export async function changeWebhookByForm(
  webhook: string,
  _before: ActionResult<void> | null,
  form: FormData,
): Promise<ActionResult<void>> {
  const changed = await act("webhooks.write", async ({ who, actor, now }) => {
    const change = parsed(WebhookChange, settingsIn(form));
    await changeWebhook(who, parsed(id, webhook), change, actor, now, tagIn(form));
  });
  revalidateAfter(changed, "/webhooks", "layout");
  return changed;
}

/** Pauses a webhook, or makes it active. */
export async function setWebhookState(webhook: string, wanted: unknown): Promise<ActionResult<void>> {
  const changed = await act("webhooks.write", async ({ who, actor, now }) => {
    await changeWebhook(who, parsed(id, webhook), parsed(state, { state: wanted }), actor, now);
  });
  revalidateAfter(changed, "/webhooks", "layout");
  return changed;
}

/** Replaces the secret; only this response has the new one. */
export async function rotateSecret(webhook: string, form: FormData): Promise<ActionResult<CreatedWebhook>> {
  const rotated = await act("webhooks.write", async ({ who, actor, now }) => {
    const { overlapHours } = parsed(SecretRotation, { overlapHours: Number(fieldsOf(form).overlapHours) });
    const { name, secret } = await rotateWebhookSecret(who, parsed(id, webhook), overlapHours, actor, now);
    return { id: webhook, name, secret };
  });
  revalidateAfter(rotated, "/webhooks", "layout");
  return rotated;
}

/** Sends a test event, and returns the id of its delivery. */
export async function sendTest(webhook: string): Promise<ActionResult<string>> {
  const sent = await act("webhooks.write", async ({ who, actor }) => {
    const delivery = await testWebhook(who, parsed(id, webhook), actor, { clock: () => new Date() });
    return delivery.id;
  });
  revalidateAfter(sent, "/webhooks", "layout");
  return sent;
}

export async function removeWebhookNow(webhook: string): Promise<ActionResult<void>> {
  const removed = await act("webhooks.write", ({ who, actor, now }) =>
    removeWebhook(who, parsed(id, webhook), actor, now),
  );
  if (removed.ok) revalidatePath("/webhooks");
  return removed;
}

/** Sends a delivery once more. */
export async function resend(delivery: string): Promise<ActionResult<void>> {
  const resent = await act("webhooks.write", async ({ who, actor, now }) => {
    await resendDelivery(who, parsed(id, delivery), actor, now);
  });
  revalidateAfter(resent, "/webhooks", "layout");
  return resent;
}

function settingsIn(form: unknown): object {
  const { name, url, typePrefix, subjects, concurrency } = fieldsOf(form);
  return {
    ...{ name, url, typePrefix, types: valuesOf(form, "types") },
    ...{ subjects: subjects === "on", concurrency: Number(concurrency) },
  };
}
