import { type AlertText, type ChannelKind, channelMessage } from "@/domain/alerts/alert-messages";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import { isSuccess } from "@/domain/webhooks/delivery-result";
import type { AlertChannel } from "@/prisma/client/client";
import { dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { decrypt, encrypt } from "@/server/secrets/encryption";
import type { Env } from "@/server/store/env";
import { store } from "@/server/store/store";
import { send } from "@/server/webhooks/sending";
import { alertTexts } from "./alert-texts";
import type { Batch, SendResult } from "./batch";

/** Posts alerts to a channel, as one message. */
export async function sendToChannel(
  { recipient, alerts }: Batch,
  { PUBLIC_URL }: Pick<Env, "PUBLIC_URL">,
  now: Date,
): Promise<SendResult> {
  const channel = await store().db.alertChannel.findUnique({ where: { id: recipient } });
  const texts = await alertTexts(alerts, PUBLIC_URL, DEFAULT_STYLE);
  if (!channel || texts.length === 0) return "dropped";
  return (await postTo(channel, texts, PUBLIC_URL, now)) === null ? "sent" : "failed";
}

/** Posts one message and notes what came of it. Returns why it failed; null if it was delivered. */
export async function postTo(
  { id, kind, sealed }: AlertChannel,
  texts: readonly AlertText[],
  origin: string,
  now: Date,
): Promise<string | null> {
  const body = JSON.stringify(channelMessage(kind as ChannelKind, texts, `${origin}/alerts`));
  const headers = { "content-type": "application/json; charset=utf-8" };
  const { result } = await send({ url: await decryptUrl(id, sealed), headers, body });
  const lastError = isSuccess(result) ? null : "status" in result ? `HTTP ${result.status}` : result.failure;
  const data = lastError === null ? { lastError, lastSentAt: now } : { lastError };
  await store().db.alertChannel.updateMany({ where: { id }, data });
  return lastError;
}

/** Whoever has the URL of an incoming webhook can post there, so it is stored encrypted. */
export async function encryptUrl(channel: string, url: string): Promise<Uint8Array<ArrayBuffer>> {
  const { encryption } = await dataKeys(INSTALLATION);
  return new Uint8Array(encrypt(encryption, Buffer.from(url), channelContext(channel)));
}

async function decryptUrl(channel: string, sealed: Uint8Array): Promise<string> {
  const { encryption } = await dataKeys(INSTALLATION);
  return decrypt(encryption, sealed, channelContext(channel)).toString();
}

/** The context to which the encrypted URL of a channel is bound. */
export const channelContext = (channel: string) => `alert|channel|${channel}`;
