import { uuidv7 } from "uuidv7";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { type AttemptResult, attemptFailureOf } from "@/domain/webhooks/delivery-result";
import { type DeliveryState, TEST_TYPE } from "@/domain/webhooks/webhook";
import type { Prisma, WebhookDelivery as Row, Webhook, WebhookAttempt } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { behind, decodeCursor, type Keyset, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";
import { type Content, contentHeaders, loggedBody } from "./delivery-content";
import { openResponse, recordTest } from "./delivery-records";
import { attemptContent, type Means } from "./delivery-turn";
import { deliveredEvent } from "./due-events";
import { webhookRow } from "./webhook";
import { secretsOf } from "./webhook-secrets";
import { inWebhook, record } from "./webhooks";

/** An event on its way to an endpoint. */
export type Delivery = {
  id: string;
  webhook: string;
  event: string;
  type: string;
  isTest: boolean;
  state: DeliveryState;
  created: Date;
  /** When the next attempt is due, unless the endpoint is paused or rests. */
  due: Date | null;
  /** When it is given up. */
  until: Date | null;
  last: (AttemptResult & { at: Date }) | null;
};

export type LoggedAttempt = {
  at: Date;
  milliseconds: number;
  result: AttemptResult;
  response: { contentType: string; body: string; isCut: boolean } | null;
};

/** A delivery with its request, in which secrets and subjects are hidden, and its attempts, newest first. */
export type DeliveryLog = Delivery & {
  /** The request; null once the event is no longer stored. */
  request: { url: string; headers: Record<string, string>; body: string } | null;
  attempts: LoggedAttempt[];
};

export type DeliveryFilter = { state?: DeliveryState; type?: string };

const MOST_ATTEMPTS = 100;
const HIDDEN = "[hidden]";

const NEWEST: Keyset<Prisma.WebhookDeliveryWhereInput> = {
  direction: "desc",
  onKey: (createdAt) => ({ createdAt }),
  onId: (id) => ({ id }),
};

/** The deliveries to an endpoint of the last 30 days, newest first. */
export async function listDeliveries(
  principal: Principal,
  webhook: string,
  { limit, cursor, state, type }: DeliveryFilter & Slice,
): Promise<Page<Delivery>> {
  const { db } = store();
  await webhookRow(db, principal, webhook);
  const filter = ["deliveries", webhook, state, type];
  const rows = await db.webhookDelivery.findMany({
    where: { AND: [{ webhook, state, type }, behind(decodeCursor(cursor, filter), NEWEST)] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ id, createdAt }) => ({ key: createdAt.toISOString(), id }));
  return { items: page.items.map(deliveryOf), cursor: page.cursor };
}

/** One delivery in scope, with its request and its attempts. */
export async function deliveryById(principal: Principal, id: string): Promise<DeliveryLog> {
  const { db } = store();
  const { row, endpoint } = await inScope(principal, id);
  const attempts = await db.webhookAttempt.findMany({
    where: { delivery: id },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MOST_ATTEMPTS,
  });
  const content = await contentOf(row);
  const headers = { ...contentHeaders(), "webhook-id": row.event, "webhook-signature": HIDDEN };
  const request = content && { url: endpoint.url, headers, body: loggedBody(content, endpoint) };
  return { ...deliveryOf(row), request, attempts: await Promise.all(attempts.map(attemptOf)) };
}

/**
 * Sends a delivery once more, with three days of retries, and with the same `webhook-id`. Throws `NOTHING_TO_SEND` for
 * a test, and for an event that is no longer stored.
 */
export async function resendDelivery(
  principal: Principal,
  id: string,
  actor: Actor,
  now: Date,
): Promise<Delivery> {
  const { row: sent } = await inScope(principal, id);
  const { webhook, event } = sent;
  if (sent.type === TEST_TYPE || !(await contentOf(sent))) throw nothingToSend(sent);
  return inWebhook(principal, webhook, async (tx, endpoint) => {
    const data = { state: "waiting" as const, tries: 0, until: null, dueAt: now };
    const row = await tx.webhookDelivery.update({ where: { id }, data });
    await record(tx, "webhook.resent", endpoint, actor, now, { delivery: id, event });
    return deliveryOf(row);
  });
}

/** Sends a test event at once, whatever the state of the endpoint, and only once. Returns what came of it. */
export async function testWebhook(
  principal: Principal,
  id: string,
  actor: Actor,
  means: Means,
): Promise<DeliveryLog> {
  const now = means.clock();
  const test = { id: uuidv7(), time: now, webhook: id };
  const delivery = uuidv7();
  const row = { id: delivery, webhook: id, event: test.id, type: TEST_TYPE, createdAt: now };
  const endpoint = await inWebhook(principal, id, async (tx, found) => {
    await tx.webhookDelivery.create({ data: { ...row, state: "failed" } });
    await record(tx, "webhook.tested", found, actor, now, { delivery });
    return found;
  });
  const attempt = await attemptContent(endpoint, { test }, await secretsOf(endpoint, now), means);
  await recordTest(delivery, attempt);
  return deliveryById(principal, delivery);
}

/** How many deliveries wait for an endpoint, counted up to a limit. */
export async function countWaiting(webhook: string, most: number): Promise<number> {
  const rows = await store().db.webhookDelivery.findMany({
    where: { webhook, dueAt: { not: null } },
    select: { id: true },
    take: most,
  });
  return rows.length;
}

/** A delivery in scope, and its endpoint. */
async function inScope(principal: Principal, id: string): Promise<{ row: Row; endpoint: Webhook }> {
  const { db } = store();
  const row = await db.webhookDelivery.findUnique({ where: { id } });
  if (!row) throw nothingHere();
  return { row, endpoint: await webhookRow(db, principal, row.webhook) };
}

function nothingToSend({ type }: Row): Refusal {
  const detail =
    type === TEST_TYPE
      ? "A test event is sent only once. Send a new one."
      : "The event is no longer stored, so it can't be sent again.";
  return new Refusal("NOTHING_TO_SEND", detail);
}

async function contentOf({ event, position, type, createdAt, webhook }: Row): Promise<Content | null> {
  if (type === TEST_TYPE) return { test: { id: event, time: createdAt, webhook } };
  const found = await deliveredEvent(position, event);
  return found && { event: found };
}

function deliveryOf(row: Row): Delivery {
  const { id, webhook, event, type, state, createdAt, dueAt, until, lastAt } = row;
  const last = lastAt && { at: lastAt, ...resultOf(row.lastStatus, row.lastReason) };
  return {
    id,
    webhook,
    event,
    type,
    isTest: type === TEST_TYPE,
    state,
    created: createdAt,
    due: dueAt,
    until,
    last,
  };
}

async function attemptOf(row: WebhookAttempt): Promise<LoggedAttempt> {
  const { id, at, milliseconds, status, reason, response, isCut } = row;
  const opened = response && { ...(await openResponse(id, response)), isCut };
  return { at, milliseconds, result: resultOf(status, reason), response: opened };
}

function resultOf(status: number | null, reason: string | null): AttemptResult {
  return status === null ? { failure: attemptFailureOf(reason) } : { status };
}
