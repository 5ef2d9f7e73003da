import { createHash } from "node:crypto";
import { type Definition, definitionFor, nameKey } from "@/domain/licenses/definition";
import { DAY } from "@/domain/month";
import { isPlainText } from "@/domain/text";

/** How many rows of other deployments one response carries. */
export const PAGE = 5000;

/** How long a tombstone is delivered (days of the server's clock), so that every deployment can learn of the release. */
export const TOMBSTONE_DAYS = 60;

/**
 * The position up to which a deployment has followed a license's log; null if it has followed none of it. A base
 * without `epoch` is trusted. `mark` is what the server sent with the base.
 */
export type Base = { version: number; epoch?: string; mark?: string } | null;

/**
 * The head of a license's log: `horizon` is the highest version of a purged tombstone, `epoch` changes with every
 * restore.
 */
export type LogHead = { version: number; horizon: number; epoch: string };

/**
 * The suffix of the log's epoch on the wire: empty if every allotment is open to all products, otherwise a hash of
 * the allotments that this product sees. So a change of what it sees leads to a snapshot for this product, and for no
 * other.
 */
export function epochScope(definition: Definition, product: string | null): string {
  if (definition.allotments.every(({ products }) => products === undefined)) return "";
  const names = definitionFor(definition, product)
    .allotments.map(({ name }) => nameKey(name))
    .sort();
  return `-${createHash("sha256").update(JSON.stringify(names)).digest("hex").slice(0, 8)}`;
}

/** Whether a tombstone has been kept for its full time, purged or not. */
export function isOverdue(deleted: Date, now: Date): boolean {
  return deleted.getTime() <= now.getTime() - TOMBSTONE_DAYS * DAY;
}

/** The log head with the horizon that applies to these rows: tombstones past their time count as purged. */
export function withHorizon(
  log: LogHead,
  rows: readonly { version: number; deleted: string | null }[],
  now: Date,
): LogHead {
  const overdue = rows.filter(({ deleted }) => deleted !== null && isOverdue(new Date(deleted), now));
  return { ...log, horizon: overdue.reduce((top, { version }) => Math.max(top, version), log.horizon) };
}

/** Where a response of several pages continues: after version `after`, up to `to`. */
export type Cursor = { mode: "delta" | "snapshot"; to: number; after: number; epoch: string };

/** The rows that a deployment gets: from < version ≤ to; a snapshot has live rows only. */
export type SyncPlan = { mode: "delta" | "snapshot"; from: number; to: number; epoch: string };

/** `logHead` is the log head after the patches of the same request, so that the response and its new base include them. */
export function syncPlan(logHead: LogHead, base: Base, cursor: Cursor | null): SyncPlan {
  const { version: to, epoch } = logHead;
  if (cursor && goesOn(logHead, base, cursor)) {
    return { mode: cursor.mode, from: cursor.after, to: cursor.to, epoch };
  }
  // A delta whose next page is refused has lost a tombstone or its epoch: only a snapshot repairs that.
  if (cursor || !base || !canFollow(logHead, base)) return { mode: "snapshot", from: 0, to, epoch };
  return { mode: "delta", from: base.version, to, epoch };
}

/** Cuts rows, read in version order and with one more than `limit`, to a page; `more` is where the next page begins. */
export function page<Row extends { version: number }>(plan: SyncPlan, rows: readonly Row[], limit = PAGE) {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const { mode, to, epoch } = plan;
  const more: Cursor | null = last && rows.length > limit ? { mode, to, after: last.version, epoch } : null;
  return { rows: kept, more };
}

/**
 * The base of a response: the one that was sent until the last page. A base that can't be followed any more counts as
 * 0, so that nobody takes it for a position in this epoch.
 */
export function answeredBase(logHead: LogHead, base: Base, plan: SyncPlan, more: Cursor | null) {
  const { epoch } = logHead;
  if (!more) return { version: plan.to, epoch };
  return { version: base && isOurs(logHead, base) ? base.version : 0, epoch };
}

export function encodeCursor({ mode, to, after, epoch }: Cursor): string {
  return Buffer.from(JSON.stringify([mode, to, after, epoch])).toString("base64url");
}

/** Accepts only the exact text that `encodeCursor` returns. */
export function decodeCursor(text: unknown): Cursor | null {
  if (!isPlainText(text, 2000)) return null;
  const cursor = readCursor(Buffer.from(text, "base64url").toString());
  return cursor && encodeCursor(cursor) === text ? cursor : null;
}

function readCursor(json: string): Cursor | null {
  try {
    const fields: unknown = JSON.parse(json);
    if (!Array.isArray(fields)) return null;
    const [mode, to, after, epoch]: unknown[] = fields;
    if ((mode !== "delta" && mode !== "snapshot") || !isPlainText(epoch)) return null;
    return isPosition(to) && isPosition(after) && after < to ? { mode, to, after, epoch } : null;
  } catch {
    return null;
  }
}

function goesOn(logHead: LogHead, base: Base, { mode, to, epoch }: Cursor): boolean {
  if (epoch !== logHead.epoch || to > logHead.version) return false;
  return mode === "snapshot" || (base !== null && canFollow(logHead, base));
}

/** Whether every change since the base is still in the log. */
function canFollow(logHead: LogHead, base: { version: number; epoch?: string }): boolean {
  return isOurs(logHead, base) && base.version > 0 && base.version >= logHead.horizon;
}

function isOurs(logHead: LogHead, { version, epoch }: { version: number; epoch?: string }): boolean {
  return isPosition(version) && version <= logHead.version && (epoch ?? logHead.epoch) === logHead.epoch;
}

function isPosition(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
