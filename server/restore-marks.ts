import { timingSafeEqual } from "node:crypto";
import type { Base } from "@/domain/sync";
import { dataKeys, INSTALLATION } from "./data-keys";
import { mac } from "./sealing";
import { derived } from "./secret";
import { StoreWentBack } from "./timeline";

type Log = { version: number; epoch: string };

/** By the installation's key, which never changes: deriving takes longer than a mark. */
const markKeys = new WeakMap<Buffer, Buffer>();

/**
 * Proves that this server answered a base: given for versions that the log has reached, and for no other. Whoever
 * brings one above the log's version proves that the store went back in time.
 */
export async function restoreMark(license: string, { version, epoch }: Log): Promise<string> {
  return (await markOf(license, epoch, version)).toString("base64url");
}

/** Throws `StoreWentBack` for a base above the log's version with a mark of this epoch. Without one it proves nothing. */
export async function refuseBehind(license: string, base: Base, log: Log): Promise<void> {
  if (!base?.mark || base.version <= log.version) return;
  const mark = await markOf(license, log.epoch, base.version);
  const sent = Buffer.from(base.mark, "base64url");
  if (sent.length === mark.length && timingSafeEqual(sent, mark))
    throw new StoreWentBack({ by: "mark", license, epoch: log.epoch });
}

async function markOf(license: string, epoch: string, version: number): Promise<Buffer> {
  const { mac: key } = await dataKeys(INSTALLATION);
  const markKey = markKeys.get(key) ?? derived(key, "restore marks");
  markKeys.set(key, markKey);
  return mac(markKey, JSON.stringify([license, epoch, version])).subarray(0, 16);
}
