import { uuidv7 } from "uuidv7";
import type { ChannelKind } from "@/domain/alerts/alert-messages";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { parseWebhookUrl } from "@/domain/webhooks/webhook-url";
import type { AlertChannel as Row } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { env } from "@/server/store/env";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { encryptUrl, postTo } from "./channel-posts";

/** A channel without its URL. */
export type AlertChannel = {
  id: string;
  name: string;
  kind: ChannelKind;
  host: string;
  /** The customer whose alerts it gets; null for all alerts. */
  customer: string | null;
  created: Date;
  lastSent: Date | null;
  lastError: string | null;
};

export type NewAlertChannel = { name: string; kind: ChannelKind; url: string; customer: string | null };

const MOST = 50;

/** The channels of the installation, newest first. */
export async function listChannels({ limit, cursor }: Slice): Promise<Page<AlertChannel>> {
  const filter = ["alert-channels"];
  const rows = await store().db.alertChannel.findMany({
    where: { id: { lt: decodeCursor(cursor, filter)?.id } },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ id }) => ({ key: null, id }));
  return { items: page.items.map(channelIn), cursor: page.cursor };
}

/** Creates a channel. Its URL is never shown again. */
export async function createChannel(
  { name, kind, url, customer }: NewAlertChannel,
  actor: Actor,
  now: Date,
): Promise<AlertChannel> {
  const address = checkedUrl(url);
  const id = uuidv7();
  const sealed = await encryptUrl(id, address.href);
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    await refuseUnknown(tx, customer);
    if ((await tx.alertChannel.count()) >= MOST)
      throw wrong("/name", `There are ${MOST} channels already. Remove one first.`);
    const data = { id, name, kind, sealed, host: address.host, customerId: customer, createdAt: now };
    const row = await tx.alertChannel.create({ data });
    await record(tx, "alert.channel-created", row, actor, now);
    return channelIn(row);
  });
}

/** Posts a test message now, and once. Returns the channel with what came of it. */
export async function testChannel(id: string, actor: Actor, now: Date): Promise<AlertChannel> {
  const row = await channelRow(id);
  await store().db.$transaction((tx) => record(tx, "alert.channel-tested", row, actor, now));
  const { PUBLIC_URL: origin } = env();
  const text = {
    title: "Test",
    sentence: "Alerts arrive here",
    where: "Signet",
    link: `${origin}/alerts/rules`,
  };
  await postTo(row, [text], origin, now);
  return channelIn(await channelRow(id));
}

/** Removes a channel; what waits for it is dropped. */
export function removeChannel(id: string, actor: Actor, now: Date): Promise<void> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const row = await channelRow(id, tx);
    await record(tx, "alert.channel-removed", row, actor, now);
    await tx.alertDelivery.updateMany({
      where: { medium: "channel", recipient: id, endedAt: null },
      data: { endedAt: now, outcome: "dropped" },
    });
    await tx.alertChannel.delete({ where: { id } });
  });
}

async function channelRow(id: string, tx: Pick<Tx, "alertChannel"> = store().db): Promise<Row> {
  const row = await tx.alertChannel.findUnique({ where: { id } });
  if (!row) throw nothingHere();
  return row;
}

function record(tx: Tx, action: AuditEvent["action"], row: Row, actor: Actor, now: Date): Promise<void> {
  const { id: object, name, kind, host } = row;
  return recordEvents(tx, INSTALLATION, actor, now, [{ action, object, details: { name, kind, host } }]);
}

function checkedUrl(url: string): URL {
  const parsed = parseWebhookUrl(url, env().WEBHOOK_ALLOWED_NETWORKS);
  if ("wrong" in parsed) throw wrong("/url", parsed.wrong);
  return new URL(parsed.url);
}

async function refuseUnknown(tx: Tx, customer: string | null): Promise<void> {
  if (customer !== null && !(await tx.customer.findUnique({ where: { id: customer } })))
    throw wrong("/customer", "There is no customer with this id.");
}

function wrong(pointer: string, title: string): Refusal {
  return new Refusal("INVALID_BODY", title, { faults: [{ code: "INVALID_CHANNEL", title, pointer }] });
}

function channelIn({ id, name, kind, host, customerId: customer, ...row }: Row): AlertChannel {
  return {
    ...{ id, name, kind: kind as ChannelKind, host, customer },
    ...{ created: row.createdAt, lastSent: row.lastSentAt, lastError: row.lastError },
  };
}
