import { LRUCache } from "lru-cache";
import { log } from "@/server/store/log";
import { DATA_KEYS, forgetDataKeys, perProcess } from "@/server/store/per-process";
import { store } from "@/server/store/store";
import type { EncryptionKeys } from "./encryption";

/** The keys of one scope: one encrypts its data, the other makes its subject indexes or audit hashes. */
export type DataKeys = { encryption: EncryptionKeys; mac: Buffer };

type Cache = LRUCache<string, DataKeys>;
type Known = { keys: Cache; generation: number | null; confirmedAt: number };

/** Nothing is encrypted with a key that was current longer ago than this; a rotation waits several times as long. */
const TRUSTED_MS = 60_000;
const CONFIRM_MS = 10_000;
const GENERATION = {
  name: "key_generation",
  text: "SELECT key_generation AS generation FROM installation WHERE id = 1",
};

const known = () =>
  perProcess<Known>(DATA_KEYS, () => ({
    keys: new LRUCache({ max: 20_000 }),
    generation: null,
    confirmedAt: performance.now(),
  }));

/** The keys in memory. Who reads more from the store adds them to the cache that was there before the read. */
export function cachedKeys(): Cache {
  if (performance.now() - known().confirmedAt > TRUSTED_MS) forgetDataKeys();
  return known().keys;
}

/** Drops the keys in memory if a rotation has changed any since. */
export async function confirmKeys(): Promise<void> {
  const [asked, before] = [performance.now(), known()];
  const [row] = await store().sql.query<{ generation: number }>(GENERATION, []);
  if (!row || known() !== before) return;
  if (row.generation !== before.generation) forgetDataKeys();
  Object.assign(known(), { generation: row.generation, confirmedAt: asked });
}

/** Follows rotations by other processes until the returned function is called. */
export function followRotations(): () => void {
  const confirm = () => confirmKeys().catch((err) => log().debug({ err }, "data keys weren't confirmed"));
  const timer = setInterval(confirm, CONFIRM_MS);
  timer.unref();
  return () => clearInterval(timer);
}
