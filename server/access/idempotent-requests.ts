import { createHash, randomUUID } from "node:crypto";
import { refusalSentence } from "@/domain/refusals/all-refusals";
import { Refusal } from "@/domain/refusals/refusal";
import { dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { decrypt, encrypt } from "@/server/secrets/encryption";
import { type CommitMark, withCommitMark } from "@/server/store/commit-mark";
import { store } from "@/server/store/store";

/** A request that is repeated with the same key: the text that the client sent, and a hash over the request. */
export type RepeatableRequest = {
  token: string;
  key: string;
  fingerprint: Buffer;
  /** The license in its path. */
  license: string | null;
};

/** A response as it is kept: without secrets. */
export type KeptResponse = { status: number; headers: Record<string, string>; body: string | null };

/** The work on a request, which nobody else does meanwhile; or the response of who did it. */
export type Claimed = { claim: string } | { kept: KeptResponse };

/** Longer than any request that has a deadline; a longer one can lose its claim to a repeat, and then commits nothing. */
const RUNNING_MS = 30_000;

const CLAIM = {
  name: "request_claim",
  text: `INSERT INTO idempotent_request (token, key, fingerprint, claim, running_until, license, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (token, key) DO NOTHING RETURNING true AS is_ours`,
};
const FIND = {
  name: "request_find",
  text: `SELECT fingerprint, claim, running_until, committed, status, response FROM idempotent_request
    WHERE token = $1 AND key = $2`,
};
/** Waits for a transaction of the earlier attempt that is being committed. */
const TAKE_OVER = {
  name: "request_take_over",
  text: `UPDATE idempotent_request SET claim = $2, running_until = $3
    WHERE claim = $1 AND NOT committed AND response IS NULL RETURNING true AS is_ours`,
};
const KEEP = {
  name: "request_keep",
  text: "UPDATE idempotent_request SET status = $2, response = $3 WHERE claim = $1",
};
const RELEASE = {
  name: "request_release",
  text: "DELETE FROM idempotent_request WHERE claim = $1 AND NOT committed RETURNING true AS is_gone",
};
const STOP = {
  name: "request_stop",
  text: "UPDATE idempotent_request SET running_until = $2 WHERE claim = $1",
};
const MARK = "UPDATE idempotent_request SET committed = true WHERE claim = $1::uuid";

type Row = {
  fingerprint: Uint8Array;
  claim: string;
  running_until: Date;
  committed: boolean;
  status: number | null;
  response: Uint8Array | null;
};

/**
 * Claims a request: one of those with the same key does the work. Throws `IDEMPOTENCY_KEY_REUSED` for another request,
 * `REQUEST_RUNNING` while the first one works, and `RESPONSE_LOST` if that one was carried out and then lost.
 */
export async function claimRequest(request: RepeatableRequest, now: Date): Promise<Claimed> {
  const claim = randomUUID();
  const hash = createHash("sha256").update(request.key).digest();
  const until = new Date(now.getTime() + RUNNING_MS);
  const { token, fingerprint, license } = request;
  const { sql } = store();
  const claimed = await sql.query(CLAIM, [token, hash, fingerprint, claim, until, license, now]);
  if (claimed.length > 0) return { claim };
  const [earlier] = await sql.query<Row>(FIND, [token, hash]);
  if (!earlier) throw refusal("REQUEST_RUNNING"); // it was just released
  if (!fingerprint.equals(earlier.fingerprint)) throw refusal("IDEMPOTENCY_KEY_REUSED");
  if (earlier.response) return { kept: await opened(earlier.claim, earlier.response, earlier.status ?? 200) };
  if (earlier.running_until > now) throw refusal("REQUEST_RUNNING");
  const taken = await sql.query(TAKE_OVER, [earlier.claim, claim, until]);
  if (taken.length > 0) return { claim };
  throw refusal("RESPONSE_LOST");
}

/**
 * Does the work of a claim: its transactions commit only while nobody took it over, and fail with `REQUEST_RUNNING`
 * otherwise.
 */
export function withClaim<T>(claim: string, work: () => Promise<T>): Promise<T> {
  const mark: CommitMark = { text: MARK, values: [claim], lost: () => refusal("REQUEST_RUNNING") };
  return withCommitMark(mark, work);
}

/** Keeps the response for repeats. */
export async function keepResponse(claim: string, { status, ...rest }: KeptResponse): Promise<void> {
  const { encryption } = await dataKeys(INSTALLATION);
  const response = encrypt(encryption, Buffer.from(JSON.stringify(rest)), keptResponseContext(claim));
  await store().sql.query(KEEP, [claim, status, response]);
}

/** Gives up a claim whose request was refused, so that a repeat is carried out. False if something was committed. */
export async function releaseClaim(claim: string): Promise<boolean> {
  return (await store().sql.query(RELEASE, [claim])).length > 0;
}

/** Lets a repeat find out at once whether the work was committed, since this request doesn't know. */
export async function stopClaim(claim: string, now: Date): Promise<void> {
  await store().sql.query(STOP, [claim, now]);
}

async function opened(claim: string, response: Uint8Array, status: number): Promise<KeptResponse> {
  const { encryption } = await dataKeys(INSTALLATION);
  const rest: Omit<KeptResponse, "status"> = JSON.parse(
    decrypt(encryption, response, keptResponseContext(claim)).toString(),
  );
  return { status, ...rest };
}

/** The context to which an encrypted response is bound. */
export function keptResponseContext(claim: string): string {
  return `idempotent_request|response|${claim}`;
}

function refusal(code: "IDEMPOTENCY_KEY_REUSED" | "REQUEST_RUNNING" | "RESPONSE_LOST"): Refusal {
  return new Refusal(code, refusalSentence(code));
}
