import { randomBytes } from "node:crypto";
import { derived } from "@/server/store/secret";
import type { Sql } from "@/server/store/sql";
import { store, type Tx } from "@/server/store/store";
import { decrypt, type EncryptionKeys, encrypt } from "./encryption";
import { cachedKeys, type DataKeys } from "./key-cache";

export type { DataKeys };

export const INSTALLATION = "installation";

const KEY_BYTES = 32;
const LOAD = { name: "data_keys", text: "SELECT purpose, wrapped FROM data_key WHERE scope = $1" };
const LOAD_MANY = {
  name: "data_keys_of",
  text: "SELECT scope, purpose, wrapped FROM data_key WHERE scope = ANY ($1::text[])",
};

/** The data keys of a license number or of the installation. */
export async function dataKeys(scope: string, sql: Pick<Sql, "query"> = store().sql): Promise<DataKeys> {
  const keys = await findDataKeys(scope, sql);
  if (!keys) throw new Error(`There are no data keys for ${scope}.`);
  return keys;
}

export async function findDataKeys(
  scope: string,
  sql: Pick<Sql, "query"> = store().sql,
): Promise<DataKeys | null> {
  const cache = cachedKeys();
  const keys = cache.get(scope) ?? (await storedKeys(scope, sql));
  if (keys) cache.set(scope, keys);
  return keys;
}

/** The data keys as a transaction sees them, whatever this process knows. */
export async function storedKeys(scope: string, sql: Pick<Sql, "query">): Promise<DataKeys | null> {
  const rows = await sql.query<WrappedKey>(LOAD, [scope]);
  return rows.length === 0 ? null : openKeys(scope, rows);
}

/** The data keys of many scopes, in one statement for those that aren't cached yet. */
export async function dataKeysOf(scopes: readonly string[]): Promise<Map<string, DataKeys>> {
  const [keys, cache] = [new Map<string, DataKeys>(), cachedKeys()];
  for (const scope of scopes) {
    const known = cache.get(scope);
    if (known) keys.set(scope, known);
  }
  const missing = scopes.filter((scope) => !keys.has(scope));
  if (missing.length === 0) return keys;
  const rows = await store().sql.query<WrappedKey & { scope: string }>(LOAD_MANY, [missing]);
  const byScope = new Map<string, WrappedKey[]>();
  for (const row of rows) byScope.set(row.scope, [...(byScope.get(row.scope) ?? []), row]);
  for (const [scope, wrapped] of byScope) {
    const opened = openKeys(scope, wrapped);
    cache.set(scope, opened);
    keys.set(scope, opened);
  }
  return keys;
}

type WrappedKey = { purpose: string; wrapped: Uint8Array };

/** During a rotation the key to come, or the one before, decrypts too. */
function openKeys(scope: string, rows: readonly WrappedKey[]): DataKeys {
  const keysFor = (purpose: string) =>
    rows.filter((row) => row.purpose === purpose).map(({ wrapped }) => unwrap(wrapped, scope, purpose));
  const keyFor = (purpose: string) => {
    const [key] = keysFor(purpose);
    if (!key) throw new Error(`There is no ${purpose} key for ${scope}.`);
    return key;
  };
  const encryption: EncryptionKeys = [keyFor("encryption"), ...keysFor("next"), ...keysFor("previous")];
  return { encryption, mac: keyFor("mac") };
}

/**
 * Creates the data keys of new scopes and returns them; an existing one is left as it is. They are cached only once
 * they are read: a transaction that is rolled back removes them too.
 */
export async function createDataKeys(tx: Tx, scopes: readonly string[]): Promise<Map<string, DataKeys>> {
  const made = new Map(scopes.map((scope) => [scope, newDataKeys()]));
  const rows = [...made].flatMap(([scope, { encryption, mac }]) => [
    { scope, purpose: "encryption", wrapped: wrap(encryption[0], scope, "encryption") },
    { scope, purpose: "mac", wrapped: wrap(mac, scope, "mac") },
  ]);
  for (const scope of scopes) cachedKeys().delete(scope);
  await tx.dataKey.createMany({ data: rows, skipDuplicates: true });
  return made;
}

function newDataKeys(): DataKeys {
  return { encryption: [newKey()], mac: newKey() };
}

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** After a change of the secret: wraps again every data key that only the previous one opens. Returns how many. */
export async function rewrapDataKeys(): Promise<number> {
  const [current, previous] = store().secrets;
  if (!current || !previous) return 0;
  const rows = await store().db.dataKey.findMany();
  const stale = rows.filter((row) => !opensDataKey(current, row.wrapped, row.scope, row.purpose));
  for (const { scope, purpose, wrapped } of stale) {
    const renewed = wrap(unwrap(wrapped, scope, purpose), scope, purpose);
    // A rotation may have put another key in its place meanwhile.
    await store().db.dataKey.updateMany({ where: { scope, purpose, wrapped }, data: { wrapped: renewed } });
  }
  return stale.length;
}

const wrappingKey = (secret: Buffer) => derived(secret, "data keys");
const contextOf = (scope: string, purpose: string) => `data_key|wrapped|${scope}|${purpose}`;

export function wrap(key: Buffer, scope: string, purpose: string): Uint8Array<ArrayBuffer> {
  const [secret] = store().secrets;
  if (!secret) throw new Error("There is no secret.");
  return new Uint8Array(encrypt([wrappingKey(secret)], key, contextOf(scope, purpose)));
}

export function unwrap(wrapped: Uint8Array, scope: string, purpose: string): Buffer {
  const secret = store().secrets.find((each) => opensDataKey(each, wrapped, scope, purpose));
  if (!secret)
    throw new Error(
      "SIGNET_SECRET does not decrypt this store. Start with the secret that it was created with.",
    );
  return decrypt([wrappingKey(secret)], wrapped, contextOf(scope, purpose));
}

/** Whether a secret is the one that a data key was wrapped with. */
export function opensDataKey(secret: Buffer, wrapped: Uint8Array, scope: string, purpose: string): boolean {
  try {
    decrypt([wrappingKey(secret)], wrapped, contextOf(scope, purpose));
    return true;
  } catch {
    return false;
  }
}
