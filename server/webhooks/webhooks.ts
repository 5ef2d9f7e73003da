import { uuidv7 } from "uuidv7";
import { EVENT_PREFIX, type EventType } from "@/domain/events/event-types";
import { refusalSentence } from "@/domain/refusals/all-refusals";
import { Refusal } from "@/domain/refusals/refusal";
import { HEALTHY } from "@/domain/webhooks/delivery-result";
import { CONCURRENCY, MOST_WEBHOOKS, type WebhookState } from "@/domain/webhooks/webhook";
import { parseWebhookUrl } from "@/domain/webhooks/webhook-url";
import type { Webhook as Row } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { allowOnCustomer, type Principal } from "@/server/access/gate";
import { refuseHidden } from "@/server/access/new-names";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { type Expected, isExpected } from "@/server/store/entity-tag";
import { env } from "@/server/store/env";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import {
  refuseUnseenSubjects,
  type Webhook,
  type WebhookSettings,
  webhookRow,
  webhookScope,
  webhooksOf,
  webhookTag,
} from "./webhook";
import { encryptSecret, newWebhookSecret } from "./webhook-secrets";

/** The settings that a new endpoint needs; the others have defaults. */
export type NewWebhook = Pick<WebhookSettings, "name" | "url"> &
  Partial<Omit<WebhookSettings, "types">> & { types?: EventType[]; customer?: string | null };

/** Settings to change, and the state that an admin may set. */
export type WebhookChange = Partial<Omit<WebhookSettings, "types">> & {
  types?: EventType[];
  state?: Exclude<WebhookState, "disabled">;
};

const HOUR_MS = 3_600_000;

/** The endpoints that a principal can see, newest first. */
export async function listWebhooks(
  principal: Principal,
  { limit, cursor }: Slice,
  now: Date,
): Promise<Page<Webhook>> {
  const { db } = store();
  const filter = ["webhooks"];
  const rows = await db.webhook.findMany({
    where: { AND: [webhookScope(principal), { id: { lt: decodeCursor(cursor, filter)?.id } }] },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ id }) => ({ key: null, id }));
  return { items: await webhooksOf(db, page.items, now), cursor: page.cursor };
}

export async function webhookById(principal: Principal, id: string, now: Date): Promise<Webhook> {
  const { db } = store();
  return oneOf(db, await webhookRow(db, principal, id), now);
}

/**
 * Creates an endpoint of one customer, or without a customer of the installation. Only this result has its secret.
 * Throws `TOO_MANY_WEBHOOKS`.
 */
export async function createWebhook(
  principal: Principal,
  wanted: NewWebhook,
  actor: Actor,
  now: Date,
): Promise<Webhook & { secret: string }> {
  const customerId = wanted.customer ?? null;
  if (customerId) await allowOnCustomer(principal, "webhooks.write", customerId);
  else if (principal.customers)
    throw wrong("/customer", "Name one of your customers: your role doesn't include the others.");
  const settings = checked({
    ...{ types: [], typePrefix: EVENT_PREFIX, subjects: false, concurrency: CONCURRENCY.usual },
    ...wanted,
  });
  refuseUnseenSubjects(principal, settings);
  const [id, secret] = [uuidv7(), newWebhookSecret()];
  const sealed = await encryptSecret(id, secret);
  const made = { createdAt: now, createdByKind: actor.kind, createdBy: actor.id, updatedAt: now };
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    if ((await tx.webhook.count({ where: { customerId } })) >= MOST_WEBHOOKS) throw tooMany();
    const row = await tx.webhook.create({ data: { id, customerId, ...settings, secret: sealed, ...made } });
    await record(tx, "webhook.created", row, actor, now, { customer: customerId, ...toldOf(row) });
    return { ...(await oneOf(tx, row, now)), secret };
  });
}

/**
 * Changes settings, or the state: an endpoint with another state or URL starts with a clean slate. `expected` is the
 * tag that the caller saw; throws `VERSION_MISMATCH` if it has changed.
 */
export async function changeWebhook(
  principal: Principal,
  id: string,
  change: WebhookChange,
  actor: Actor,
  now: Date,
  expected: Expected = null,
): Promise<Webhook> {
  return inWebhook(principal, id, async (tx, row) => {
    const before = await oneOf(tx, row, now);
    if (!isExpected(expected, webhookTag(before))) throw otherWebhook(before);
    const settings = checked({ ...before, ...change });
    refuseUnseenSubjects(principal, settings);
    const state = change.state ?? row.state;
    const isNewUrl = settings.url !== row.url;
    const data = { ...settings, ...(state === row.state && !isNewUrl ? {} : begun(state, row)) };
    const after = await oneOf(tx, { ...row, ...data }, now);
    if (webhookTag(after) === webhookTag(before)) return before;
    const saved = await tx.webhook.update({ where: { id }, data: { ...data, updatedAt: now } });
    const details = { before: { ...toldOf(row), state: row.state }, after: { ...toldOf(saved), state } };
    await record(tx, "webhook.changed", saved, actor, now, details);
    return oneOf(tx, saved, now);
  });
}

/** Removes an endpoint; what waits for it is never sent. Its log is purged within 30 days. */
export async function removeWebhook(
  principal: Principal,
  id: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  await inWebhook(principal, id, async (tx, row) => {
    await tx.webhook.delete({ where: { id } });
    await record(tx, "webhook.removed", row, actor, now, {});
  });
}

/** Replaces the secret. Both sign for `overlapHours`, so that a receiver can change its own meanwhile. */
export async function rotateWebhookSecret(
  principal: Principal,
  id: string,
  overlapHours: number,
  actor: Actor,
  now: Date,
): Promise<Webhook & { secret: string }> {
  const secret = newWebhookSecret();
  const sealed = await encryptSecret(id, secret);
  return inWebhook(principal, id, async (tx, row) => {
    const previousUntil = overlapHours > 0 ? new Date(now.getTime() + overlapHours * HOUR_MS) : null;
    const data = {
      secret: sealed,
      previousSecret: previousUntil ? row.secret : null,
      previousUntil,
      updatedAt: now,
    };
    const saved = await tx.webhook.update({ where: { id }, data });
    await record(tx, "webhook.secret-rotated", saved, actor, now, { overlapHours });
    return { ...(await oneOf(tx, saved, now)), secret };
  });
}

/** Runs a change of one endpoint in scope under the installation's lock. */
export async function inWebhook<T>(
  principal: Principal,
  id: string,
  work: (tx: Tx, row: Row) => Promise<T>,
): Promise<T> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const row = await webhookRow(tx, principal, id);
    refuseUnseenSubjects(principal, row);
    return work(tx, row);
  });
}

/** Records what happened to an endpoint; its URL may hold a secret, so the audit only names the host. */
export function record(
  tx: Tx,
  action: AuditEvent["action"],
  { id, name }: Pick<Row, "id" | "name">,
  actor: Actor,
  now: Date,
  details: Record<string, unknown>,
): Promise<void> {
  return recordEvents(tx, INSTALLATION, actor, now, [{ action, object: id, details: { name, ...details } }]);
}

function toldOf({ name, url, types, typePrefix, withSubjects, concurrency }: Row) {
  return { name, host: new URL(url).host, types, typePrefix, subjects: withSubjects, concurrency };
}

/** The columns of settings that are fit to be saved. */
function checked({ name, url, types, typePrefix, subjects, concurrency }: WebhookSettings) {
  refuseHidden(name, "/name");
  const parsed = parseWebhookUrl(url, env().WEBHOOK_ALLOWED_NETWORKS);
  if ("wrong" in parsed) throw wrong("/url", parsed.wrong);
  return {
    name,
    url: parsed.url,
    types: [...new Set(types)].sort(),
    typePrefix,
    withSubjects: subjects,
    concurrency,
  };
}

/** A state without a history of failures. What is on its way now says nothing about it: the turn ends. */
function begun(state: WebhookState, { disabledReason }: Row) {
  const { failures, failingSince, told, rest } = HEALTHY;
  const reason = state === "disabled" ? disabledReason : null;
  const health = { failures, failingSince, toldAt: told, restUntil: rest };
  return { state, disabledReason: reason, ...health, turn: null, turnUntil: null };
}

async function oneOf(db: Pick<Tx, "customer">, row: Row, now: Date): Promise<Webhook> {
  const [webhook] = await webhooksOf(db, [row], now);
  if (!webhook) throw new Error(`The webhook ${row.id} got lost.`);
  return webhook;
}

function tooMany(): Refusal {
  return new Refusal("TOO_MANY_WEBHOOKS", refusalSentence("TOO_MANY_WEBHOOKS"));
}

function otherWebhook(webhook: Webhook): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    "The webhook was changed in the meantime. Read it, look at the difference, and try again.",
    { etag: webhookTag(webhook) },
  );
}

function wrong(pointer: string, title: string): Refusal {
  return new Refusal("INVALID_BODY", title, { faults: [{ code: "INVALID_VALUE", title, pointer }] });
}
