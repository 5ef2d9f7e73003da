import { uuidv7 } from "uuidv7";
import { MOST_WAITING } from "@/domain/dual-use";
import { Refusal } from "@/domain/refusals/refusal";
import { appendEvents } from "@/server/audit/audit";
import type { Sql } from "@/server/store/sql";
import type { Caller } from "./admission";

/** Runs under the lock of the log head, so that the count is right. A waiting request only updates its origin. */
const ASK = {
  name: "dual_use_ask",
  text: `
INSERT INTO dual_use_request (id, license, source, product, state, jti, version, os, address, first_at, last_at)
SELECT $1::uuid, $2::text, $3::text, $4::text, 'waiting', $5::uuid, $6::text, $7::text, $8::text, $9::timestamptz,
  $9::timestamptz
WHERE (SELECT count(*) FROM dual_use_request WHERE license = $2 AND state = 'waiting') < ${MOST_WAITING}
  OR EXISTS (SELECT FROM dual_use_request WHERE license = $2 AND source = $3 AND product = $4)
ON CONFLICT (license, source, product) DO UPDATE SET jti = excluded.jti, version = excluded.version, os = excluded.os,
  address = excluded.address, last_at = excluded.last_at
RETURNING id`,
};

/**
 * Keeps the request of an activation that an admin has to accept first, once for each source and product, and returns
 * the refusal. Any other error is thrown again; a caller without a source is asked to send one.
 */
export async function askForDualUse(
  tx: Pick<Sql, "query">,
  { key, source, product, version, os, address }: Caller,
  error: unknown,
  now: Date,
): Promise<Refusal> {
  if (!(error instanceof Refusal) || error.code !== "DUAL_USE_REQUIRED") throw error;
  if (source === null) throw withoutSource();
  const { license, jti } = key;
  const id = uuidv7();
  const asked = [id, license, source, product, jti, version, os, address, now];
  const [row] = await tx.query<{ id: string }>(ASK, asked);
  if (!row) throw tooManyWait();
  if (row.id !== id) return error;
  const actor = { kind: "product" as const, id: jti, address: address ?? undefined };
  const details = { source, product, version, os };
  await appendEvents(tx, license, actor, now, [{ action: "dual-use.requested", object: source, details }]);
  return error;
}

function withoutSource(): Refusal {
  return new Refusal(
    "DUAL_USE_REQUIRED",
    "An admin has to accept this deployment, which needs a `source` to recognize it. Send one with the activation.",
  );
}

function tooManyWait(): Refusal {
  return new Refusal(
    "DUAL_USE_REQUIRED",
    `${MOST_WAITING} deployments are already waiting to be accepted, so this one was not added. Ask an admin of the license to decide on them first.`,
  );
}
