import { uuidv7 } from "uuidv7";
import {
  type AttemptResult,
  type DeliveryProgress,
  type EndpointHealth,
  healthAfter,
  isSuccess,
  progressAfter,
} from "@/domain/webhooks/delivery-result";
import type { DisabledReason } from "@/domain/webhooks/webhook";
import { SYSTEM } from "@/server/access/actor";
import { appendEvents } from "@/server/audit/audit";
import { writeEvents } from "@/server/events/outbox";
import { dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { decrypt, encrypt } from "@/server/secrets/encryption";
import { LOCK_INSTALLATION } from "@/server/store/locks";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import type { ReceiverResponse } from "./sending";

/** An attempt that was made; its response has no secrets and subjects any more. */
export type Attempt = {
  at: Date;
  result: AttemptResult;
  response: ReceiverResponse | null;
  milliseconds: number;
};

/** A delivery and the attempt that was made for it. */
export type Attempted = {
  delivery: { id: string; tries: number; until: Date | null; due: Date | null };
  attempt: Attempt;
};

/** The endpoint that a job delivers to. */
export type Holder = { id: string; name: string; customer: string | null; turn: string } & EndpointHealth;

type After = EndpointHealth & { disabled: DisabledReason | null; tells: boolean };

/** Only while the turn lasts: an admin who sets another URL or state ends it. */
const ENDPOINT = {
  name: "webhook_health",
  text: `
UPDATE webhook SET failures = $3, failing_since = $4, told_at = $5, rest_until = $6,
  state = CASE WHEN $7::text IS NULL THEN state ELSE 'disabled'::"WebhookState" END,
  disabled_reason = coalesce($7::text, disabled_reason)
WHERE id = $1 AND turn = $2 RETURNING true AS is_held`,
};
/** Only those that nobody resent meanwhile. */
const PROGRESS = {
  name: "webhook_progress",
  text: `
UPDATE webhook_delivery d SET state = r.state::"WebhookDeliveryState", tries = r.tries, until = r.until, due_at = r.due,
  last_at = r.at, last_status = r.status, last_reason = r.reason
FROM json_to_recordset($1::json) AS r(id uuid, state text, tries int, until timestamptz, due timestamptz,
  at timestamptz, status int, reason text, expected timestamptz)
WHERE d.id = r.id AND d.due_at IS NOT DISTINCT FROM r.expected`,
};
const ATTEMPTS = {
  name: "webhook_attempts",
  text: `
INSERT INTO webhook_attempt (id, delivery, at, milliseconds, status, reason, response, is_cut)
SELECT id, delivery, at, milliseconds, status, reason, decode(response, 'base64'), is_cut
FROM json_to_recordset($1::json) AS r(id uuid, delivery uuid, at timestamptz, milliseconds int, status int, reason text,
  response text, is_cut boolean)`,
};

/**
 * Stores attempts of one endpoint in the order in which they ended: the log, what is due next, and what they say about
 * the endpoint. Returns its health.
 */
export async function recordAttempts(
  endpoint: Holder,
  attempted: readonly Attempted[],
  chance: () => number,
): Promise<After> {
  const after = attempted.reduce<After>(
    (health, { attempt }) => joined(health, healthAfter(health, attempt.result, attempt.at, chance())),
    { ...endpoint, disabled: null, tells: false },
  );
  const progress = attempted.map(({ delivery, attempt }) =>
    progressRow(delivery, attempt, progressAfter(delivery, attempt.result, attempt.at, chance())),
  );
  const attempts = await attemptRows(attempted);
  const now = attempted.at(-1)?.attempt.at ?? new Date(0);
  await store().sql.transaction(async (tx) => {
    const { failures, failingSince, told, rest, disabled } = after;
    if (disabled) await tx.query(LOCK_INSTALLATION, []); // before the endpoint, as whoever changes one does
    const health = [failures, failingSince, told, rest, disabled];
    const held = await tx.query(ENDPOINT, [endpoint.id, endpoint.turn, ...health]);
    if (held.length > 0) await tell(tx, endpoint, after, now);
    await save(tx, progress, attempts);
  });
  return after;
}

/** Stores the only attempt of a test: it isn't retried, and says nothing about the endpoint. */
export async function recordTest(id: string, attempt: Attempt): Promise<void> {
  const delivery = { id, tries: 0, until: null, due: null };
  const state = isSuccess(attempt.result) ? "delivered" : "failed";
  const progress = progressRow(delivery, attempt, { state, tries: 1, until: null, due: null });
  const attempts = await attemptRows([{ delivery, attempt }]);
  await store().sql.transaction((tx) => save(tx, [progress], attempts));
}

/** The response of an attempt, decrypted. */
export async function openResponse(
  id: string,
  sealed: Uint8Array,
): Promise<Pick<ReceiverResponse, "contentType" | "body">> {
  const { encryption } = await dataKeys(INSTALLATION);
  const [contentType, body] = JSON.parse(decrypt(encryption, sealed, responseContext(id)).toString()) as [
    string,
    string,
  ];
  return { contentType, body };
}

/** What was found out once is not taken back by a later attempt of the same batch. */
function joined(before: After, after: After): After {
  return { ...after, disabled: before.disabled ?? after.disabled, tells: before.tells || after.tells };
}

/** Everybody who can do something about it: the audit, and an event for other endpoints, alerts and readers. */
async function tell(
  tx: Pick<Sql, "query">,
  endpoint: Holder,
  { disabled, tells, failingSince }: After,
  now: Date,
) {
  const { id, name, customer } = endpoint;
  const since = failingSince?.toISOString() ?? now.toISOString();
  if (disabled) {
    const details = { name, reason: disabled, since };
    await appendEvents(tx, INSTALLATION, SYSTEM, now, [{ action: "webhook.disabled", object: id, details }]);
  }
  if (!tells) return;
  const data = {
    webhook: id,
    name,
    customer,
    since,
    disabled: disabled !== null,
    reason: disabled ?? "failing",
  };
  await writeEvents(tx, now, [{ type: "webhook.failing", data }]);
}

function progressRow(
  { id, due: expected }: Attempted["delivery"],
  { at, result }: Attempt,
  after: DeliveryProgress,
) {
  return { id, ...after, at, ...columnsOf(result), expected };
}

function columnsOf(result: AttemptResult): { status: number | null; reason: string | null } {
  return "status" in result
    ? { status: result.status, reason: null }
    : { status: null, reason: result.failure };
}

type AttemptRow = Awaited<ReturnType<typeof attemptRow>>;

async function save(
  tx: Pick<Sql, "query">,
  progress: readonly ReturnType<typeof progressRow>[],
  attempts: readonly AttemptRow[],
): Promise<void> {
  await tx.query(PROGRESS, [JSON.stringify(progress)]);
  await tx.query(ATTEMPTS, [JSON.stringify(attempts)]);
}

function attemptRows(attempted: readonly Attempted[]): Promise<AttemptRow[]> {
  return Promise.all(attempted.map(({ delivery, attempt }) => attemptRow(delivery.id, attempt)));
}

async function attemptRow(delivery: string, { at, result, response, milliseconds }: Attempt) {
  const id = uuidv7();
  const { encryption } = await dataKeys(INSTALLATION);
  const sealed =
    response &&
    encrypt(
      encryption,
      Buffer.from(JSON.stringify([response.contentType, response.body])),
      responseContext(id),
    );
  return {
    ...{ id, delivery, at, milliseconds, ...columnsOf(result) },
    ...{ response: sealed?.toString("base64") ?? null, is_cut: response?.isCut ?? false },
  };
}

/** The context to which the encrypted response of an attempt is bound. */
export const responseContext = (id: string) => `webhook_attempt|response|${id}`;
