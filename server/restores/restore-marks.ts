import { timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Base } from "@/domain/assignments/sync";
import { type DataKeys, dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { derived, mac } from "@/server/store/secret";
import { StoreWentBack } from "@/server/store/timeline";

type Log = { version: number; epoch: string };

/** Marks use the installation's key, which never changes: caches that key, and the last mark of each license. */
const known = new WeakMap<Buffer, { markKey: Buffer; marks: LRUCache<string, Log & { mark: string }> }>();
const MOST_MARKS = 20_000;

/**
 * Proves that this server gave a base: a mark exists only for versions that the log has reached. A base above the
 * log's version with a mark proves that the store went back in time.
 */
export async function restoreMark(license: string, { version, epoch }: Log): Promise<string> {
  const { markKey, marks } = keyedBy(await dataKeys(INSTALLATION));
  const last = marks.get(license);
  if (last?.version === version && last.epoch === epoch) return last.mark;
  const mark = markOf(markKey, license, { version, epoch }).toString("base64url");
  marks.set(license, { version, epoch, mark });
  return mark;
}

/** Throws `StoreWentBack` for a base above the log's version with a mark of this epoch. Without a mark it proves nothing. */
export async function refuseBehind(license: string, base: Base, log: Log): Promise<void> {
  if (!base?.mark || base.version <= log.version) return;
  const { markKey } = keyedBy(await dataKeys(INSTALLATION));
  const mark = markOf(markKey, license, { version: base.version, epoch: log.epoch });
  const sent = Buffer.from(base.mark, "base64url");
  if (sent.length === mark.length && timingSafeEqual(sent, mark))
    throw new StoreWentBack({ by: "mark", license, epoch: log.epoch });
}

function keyedBy({ mac: key }: DataKeys) {
  const found = known.get(key) ?? {
    markKey: derived(key, "restore marks"),
    marks: new LRUCache({ max: MOST_MARKS }),
  };
  known.set(key, found);
  return found;
}

function markOf(markKey: Buffer, license: string, { version, epoch }: Log): Buffer {
  return mac(markKey, JSON.stringify([license, epoch, version])).subarray(0, 16);
}
