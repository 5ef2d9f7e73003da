import { randomUUID } from "node:crypto";
import type { HappenedEvent } from "@/domain/events/cloud-event";
import { type EndpointHealth, isSuccess } from "@/domain/webhooks/delivery-result";
import { store } from "@/server/store/store";
import {
  bodyOf,
  type Content,
  type ContentChoice,
  contentHeaders,
  maskedResponse,
  signedHeaders,
} from "./delivery-content";
import { type Attempt, type Attempted, type Holder, recordAttempts } from "./delivery-records";
import { type DueRow, dueEvents } from "./due-events";
import { type Sent, send } from "./sending";
import { secretsOf } from "./webhook-secrets";

/** What a job takes from outside: the time, chance from 0 to 1, how a request is sent, and when the server stops. */
export type Means = {
  clock: () => Date;
  chance?: () => number;
  sender?: typeof send;
  ending?: AbortSignal;
};

/** How long a turn belongs to a job; it is renewed before each batch. */
const HOLD_MS = 30_000;
/** No request begins later than this after its batch, so that the turn lasts longer than the last response. */
const BATCH_MS = 10_000;
/** After this time others get the job's place. */
const TURN_MS = 30_000;
const BATCH_OF_EACH = 8;

const TAKE = {
  name: "webhook_turn_take",
  text: `
UPDATE webhook SET turn = $2, turn_until = $3, queued_until = NULL
WHERE id = $1 AND state = 'active' AND (turn IS NULL OR turn = $2 OR turn_until <= $4)
  AND (rest_until IS NULL OR rest_until <= $4)
RETURNING id, customer, name, url, type_prefix, with_subjects, concurrency, secret, previous_secret, previous_until,
  failures, failing_since, told_at, rest_until`,
};
const END = {
  name: "webhook_turn_end",
  text: "UPDATE webhook SET turn = NULL, turn_until = NULL WHERE id = $1 AND turn = $2",
};

type Row = {
  id: string;
  customer: string | null;
  name: string;
  url: string;
  type_prefix: string;
  with_subjects: boolean;
  concurrency: number;
  secret: Uint8Array;
  previous_secret: Uint8Array | null;
  previous_until: Date | null;
  failures: number;
  failing_since: Date | null;
  told_at: Date | null;
  rest_until: Date | null;
};

type Endpoint = Holder & ContentChoice & { concurrency: number; secretsAt(now: Date): Promise<string[]> };

/**
 * Delivers what is due to one endpoint, a batch at a time, until nothing is, it rests, is paused or disabled, or the
 * turn has lasted long enough. Does nothing while another job holds the endpoint's turn.
 */
export async function deliverTurn(webhook: string, means: Means): Promise<void> {
  const turn = randomUUID();
  const begun = performance.now();
  while (performance.now() - begun < TURN_MS && (await deliverBatch(webhook, turn, means)));
  await store().sql.query(END, [webhook, turn]);
}

/** Returns whether more may be due. */
async function deliverBatch(webhook: string, turn: string, means: Means): Promise<boolean> {
  if (means.ending?.aborted) return false;
  const now = means.clock();
  const endpoint = await takeTurn(webhook, turn, now);
  if (!endpoint) return false;
  // An endpoint that failed last is asked with one delivery first.
  const most = endpoint.failures > 0 ? 1 : endpoint.concurrency * BATCH_OF_EACH;
  const due = await dueEvents(webhook, now, most);
  if (due.length === 0) return false;
  const attempted = await attemptAll(endpoint, due, means);
  if (attempted.length === 0) return false;
  const { disabled } = await recordAttempts(endpoint, attempted, means.chance ?? Math.random);
  return disabled === null;
}

async function takeTurn(webhook: string, turn: string, now: Date): Promise<Endpoint | null> {
  const until = new Date(now.getTime() + HOLD_MS);
  const [row] = await store().sql.query<Row>(TAKE, [webhook, turn, until, now]);
  return row ? endpointOf(row, turn) : null;
}

function endpointOf(row: Row, turn: string): Endpoint {
  const { id, customer, name, url, concurrency, secret } = row;
  const sealed = { id, secret, previousSecret: row.previous_secret, previousUntil: row.previous_until };
  return {
    ...{ id, customer, name, turn, url, concurrency, ...healthOf(row) },
    ...{ typePrefix: row.type_prefix, withSubjects: row.with_subjects },
    secretsAt: (now) => secretsOf(sealed, now),
  };
}

function healthOf({ failures, failing_since, told_at, rest_until }: Row): EndpointHealth {
  return { failures, failingSince: failing_since, told: told_at, rest: rest_until };
}

/**
 * As many at once as the endpoint takes; none begins after one has failed. Returns them in the order of their ends, but
 * those that the end of the server cut off.
 */
async function attemptAll(endpoint: Endpoint, due: readonly DueRow[], means: Means): Promise<Attempted[]> {
  const attempted: Attempted[] = [];
  const begun = performance.now();
  const left = due.values();
  let hasFailed = false;
  const worker = async () => {
    for (const { delivery, event } of left) {
      if (hasFailed || performance.now() - begun > BATCH_MS) return;
      const attempt = await attemptOne(endpoint, event, means);
      if (means.ending?.aborted) return; // what was cut off is made again
      hasFailed ||= !isSuccess(attempt.result);
      attempted.push({ delivery, attempt });
    }
  };
  await Promise.all(Array.from({ length: endpoint.concurrency }, worker));
  return attempted;
}

const EXPIRED: Sent = { result: { failure: "EVENT_EXPIRED" }, response: null, milliseconds: 0 };

async function attemptOne(endpoint: Endpoint, event: HappenedEvent | null, means: Means): Promise<Attempt> {
  const at = means.clock();
  if (!event) return { at, ...EXPIRED };
  return attemptContent(endpoint, { event }, await endpoint.secretsAt(at), means);
}

/** Sends one content, signed, and returns the attempt as the log keeps it. */
export async function attemptContent(
  choice: ContentChoice,
  content: Content,
  secrets: readonly string[],
  { clock, sender = send, ending }: Means,
): Promise<Attempt> {
  const at = clock();
  const body = bodyOf(content, choice);
  const id = "event" in content ? content.event.id : content.test.id;
  const signed = signedHeaders(id, body, secrets, at);
  const sent = await sender(
    { url: choice.url, headers: { ...contentHeaders(), ...signed }, body },
    { ending },
  );
  const response = sent.response && {
    ...sent.response,
    body: maskedResponse(sent.response.body, content, signed, secrets),
  };
  return { at, ...sent, response };
}
