import type { Actor } from "@/server/access/actor";
import { appendEvents } from "@/server/audit/audit";
import { INSTALLATION, newKey, unwrap, wrap } from "@/server/secrets/data-keys";
import { confirmKeys } from "@/server/secrets/key-cache";
import { LOCK_INSTALLATION } from "@/server/store/locks";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { NEXT_GENERATION, renewRows, WAIT } from "./passes";

type Query = Pick<Sql, "query">;
type Key = { scope: string; purpose: string; wrapped: Uint8Array };

/** Scopes whose keys change in one transaction, and batches of rows in one run of the job. */
const MOST_SCOPES = 500;
const MOST_BATCHES = 500;
const BATCH = 1000;

const IDLE = {
  name: "rotation_idle",
  text: `SELECT scope FROM data_key WHERE ($1::text IS NULL OR scope = $1)
    GROUP BY scope HAVING bool_and(purpose IN ('encryption', 'mac')) ORDER BY scope`,
};
const ANNOUNCE = {
  name: "rotation_announce",
  text: `INSERT INTO data_key (scope, purpose, wrapped, since)
    SELECT scope, 'next', decode(wrapped, 'base64'), now() FROM unnest($1::text[], $2::text[]) AS n(scope, wrapped)`,
};
const ANNOUNCED = {
  name: "rotation_announced",
  text: `SELECT scope, purpose, wrapped FROM data_key WHERE purpose IN ('encryption', 'next') AND scope IN (
      SELECT scope FROM data_key WHERE purpose = 'next' AND since < now() - ${WAIT} ORDER BY scope LIMIT ${MOST_SCOPES})
    ORDER BY scope, purpose`,
};
const SWITCH = {
  name: "rotation_switch",
  text: `UPDATE data_key k SET purpose = n.new_purpose, wrapped = decode(n.wrapped, 'base64'),
      since = CASE n.new_purpose WHEN 'previous' THEN now() END
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS n(scope, purpose, new_purpose, wrapped)
    WHERE k.scope = n.scope AND k.purpose = n.purpose`,
};
const DUE = {
  name: "rotation_due",
  text: `SELECT scope FROM data_key WHERE purpose = 'previous'
      AND (progress IS NOT NULL OR since < now() - ${WAIT}) ORDER BY progress IS NULL, scope`,
};
const STATUS = {
  name: "rotation_status",
  text: `SELECT count(*) FILTER (WHERE purpose = 'next') AS announced,
      count(*) FILTER (WHERE purpose = 'previous') AS replacing FROM data_key`,
};

/** Encryption keys that rotate: those announced, and those that replace another one row by row. */
export type RotationStatus = { announced: number; replacing: number };

/**
 * Starts to replace the encryption key of a license, or without one of every scope. Every server learns the new key
 * before any encrypts with it. Returns how many rotations were started: scopes that rotate already continue.
 */
export async function startRotation(license: string | null, actor: Actor, now: Date): Promise<number> {
  const started = await store().sql.transaction(async (tx) => {
    await tx.query(LOCK_INSTALLATION, []);
    const scopes = (await tx.query<{ scope: string }>(IDLE, [license])).map(({ scope }) => scope);
    if (scopes.length === 0) return 0;
    const details = { keys: scopes.length };
    const object = license ?? INSTALLATION;
    await appendEvents(tx, INSTALLATION, actor, now, [
      { action: "data-key.rotation-started", object, details },
    ]);
    const wrapped = scopes.map((scope) => base64(wrap(newKey(), scope, "next")));
    await tx.query(ANNOUNCE, [scopes, wrapped]);
    await tx.query(NEXT_GENERATION, []);
    return scopes.length;
  });
  await confirmKeys();
  return started;
}

export async function rotationStatus(): Promise<RotationStatus> {
  const [status] = await store().sql.query<RotationStatus>(STATUS, []);
  return status ?? { announced: 0, replacing: 0 };
}

/**
 * Puts announced keys to use, and encrypts the next rows again. Each batch is a transaction that also records how far
 * it came, so this may end at any moment and be repeated. `onBatch` is told of each.
 */
export async function rotateKeys(
  now: Date,
  { batch = BATCH, onBatch = async () => {} }: { batch?: number; onBatch?: () => Promise<void> } = {},
): Promise<void> {
  while ((await store().sql.transaction(switchKeys)) === MOST_SCOPES) await onBatch();
  const due = await store().sql.query<{ scope: string }>(DUE, []);
  let left = MOST_BATCHES;
  for (const { scope } of due) {
    while (left > 0 && (await renewRows(scope, batch, now))) {
      left -= 1;
      await onBatch();
    }
  }
  await confirmKeys();
}

/** Puts announced keys to use; the one before still decrypts. Returns how many. */
async function switchKeys(tx: Query): Promise<number> {
  await tx.query(LOCK_INSTALLATION, []);
  const keys = await tx.query<Key>(ANNOUNCED, []);
  if (keys.length === 0) return 0;
  // The key in use makes room before the next one takes its place.
  for (const [from, to] of [
    ["encryption", "previous"],
    ["next", "encryption"],
  ] as const)
    await tx.query(SWITCH, moved(keys, from, to));
  await tx.query(NEXT_GENERATION, []);
  return keys.length / 2;
}

/** A wrapped key is bound to its purpose. */
function moved(keys: readonly Key[], from: string, to: string): string[][] {
  const own = keys.filter(({ purpose }) => purpose === from);
  const wrapped = own.map((key) => base64(wrap(unwrap(key.wrapped, key.scope, from), key.scope, to)));
  return [own.map(({ scope }) => scope), own.map(() => from), own.map(() => to), wrapped];
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
