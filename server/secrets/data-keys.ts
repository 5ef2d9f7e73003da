import { randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import { DATA_KEYS, perProcess } from "@/server/store/per-process";
import { derived } from "@/server/store/secret";
import type { Sql } from "@/server/store/sql";
import { store, type Tx } from "@/server/store/store";
import { decrypt, encrypt } from "./encryption";

/** The keys of one scope: one encrypts its data, the other makes its subject indexes or audit hashes. */
export type DataKeys = { encryption: Buffer; mac: Buffer };

export const INSTALLATION = "installation";

const KEY_BYTES = 32;
const PURPOSES = ["encryption", "mac"] as const;
const LOAD = { name: "data_keys", text: "SELECT purpose, wrapped FROM data_key WHERE scope = $1" };
const LOAD_MANY = {
  name: "data_keys_of",
  text: "SELECT scope, purpose, wrapped FROM data_key WHERE scope = ANY ($1::text[])",
};

const cache = () => perProcess(DATA_KEYS, () => new LRUCache<string, DataKeys>({ max: 20_000 }));

/** The data keys of a license number or of the installation. */
export async function dataKeys(scope: string, sql: Pick<Sql, "query"> = store().sql): Promise<DataKeys> {
  const keys = cache().get(scope) ?? (await findDataKeys(scope, sql));
  if (!keys) throw new Error(`There are no data keys for ${scope}.`);
  return keys;
}

export async function findDataKeys(
  scope: string,
  sql: Pick<Sql, "query"> = store().sql,
): Promise<DataKeys | null> {
  const known = cache().get(scope);
  if (known) return known;
  const rows = await sql.query<WrappedKey>(LOAD, [scope]);
  if (rows.length === 0) return null;
  const keys = openKeys(scope, rows);
  cache().set(scope, keys);
  return keys;
}

/** The data keys of many scopes, in one statement for those that aren't cached yet. */
export async function dataKeysOf(scopes: readonly string[]): Promise<Map<string, DataKeys>> {
  const keys = new Map<string, DataKeys>();
  for (const scope of scopes) {
    const known = cache().get(scope);
    if (known) keys.set(scope, known);
  }
  const missing = scopes.filter((scope) => !keys.has(scope));
  if (missing.length === 0) return keys;
  const rows = await store().sql.query<WrappedKey & { scope: string }>(LOAD_MANY, [missing]);
  const byScope = new Map<string, WrappedKey[]>();
  for (const row of rows) byScope.set(row.scope, [...(byScope.get(row.scope) ?? []), row]);
  for (const [scope, wrapped] of byScope) {
    const opened = openKeys(scope, wrapped);
    cache().set(scope, opened);
    keys.set(scope, opened);
  }
  return keys;
}

type WrappedKey = { purpose: string; wrapped: Uint8Array };

function openKeys(scope: string, rows: readonly WrappedKey[]): DataKeys {
  const keyFor = (purpose: string) => {
    const row = rows.find((candidate) => candidate.purpose === purpose);
    if (!row) throw new Error(`There is no ${purpose} key for ${scope}.`);
    return unwrap(row.wrapped, scope, purpose);
  };
  return { encryption: keyFor("encryption"), mac: keyFor("mac") };
}

/**
 * Creates the data keys of new scopes and returns them; an existing one is left as it is. They are cached only once
 * they are read: a transaction that is rolled back removes them too.
 */
export async function createDataKeys(tx: Tx, scopes: readonly string[]): Promise<Map<string, DataKeys>> {
  const made = new Map(scopes.map((scope) => [scope, newDataKeys()]));
  const rows = [...made].flatMap(([scope, keys]) =>
    PURPOSES.map((purpose) => ({ scope, purpose, wrapped: wrap(keys[purpose], scope, purpose) })),
  );
  for (const scope of scopes) cache().delete(scope);
  await tx.dataKey.createMany({ data: rows, skipDuplicates: true });
  return made;
}

function newDataKeys(): DataKeys {
  return { encryption: randomBytes(KEY_BYTES), mac: randomBytes(KEY_BYTES) };
}

/** After a change of the secret: wraps again every data key that only the previous one opens. Returns how many. */
export async function rewrapDataKeys(): Promise<number> {
  const [current, previous] = store().secrets;
  if (!current || !previous) return 0;
  const rows = await store().db.dataKey.findMany();
  const stale = rows.filter((row) => !opensDataKey(current, row.wrapped, row.scope, row.purpose));
  for (const { scope, purpose, wrapped } of stale) {
    const renewed = wrap(unwrap(wrapped, scope, purpose), scope, purpose);
    await store().db.dataKey.update({
      where: { scope_purpose: { scope, purpose } },
      data: { wrapped: renewed },
    });
  }
  return stale.length;
}

const wrappingKey = (secret: Buffer) => derived(secret, "data keys");
const contextOf = (scope: string, purpose: string) => `data_key|wrapped|${scope}|${purpose}`;

function wrap(key: Buffer, scope: string, purpose: string): Uint8Array<ArrayBuffer> {
  const [secret] = store().secrets;
  if (!secret) throw new Error("There is no secret.");
  return new Uint8Array(encrypt(wrappingKey(secret), key, contextOf(scope, purpose)));
}

function unwrap(wrapped: Uint8Array, scope: string, purpose: string): Buffer {
  const secret = store().secrets.find((each) => opensDataKey(each, wrapped, scope, purpose));
  if (!secret)
    throw new Error(
      "SIGNET_SECRET does not decrypt this store. Start with the secret that it was created with.",
    );
  return decrypt(wrappingKey(secret), wrapped, contextOf(scope, purpose));
}

/** Whether a secret is the one that a data key was wrapped with. */
export function opensDataKey(secret: Buffer, wrapped: Uint8Array, scope: string, purpose: string): boolean {
  try {
    decrypt(wrappingKey(secret), wrapped, contextOf(scope, purpose));
    return true;
  } catch {
    return false;
  }
}
