import type { Aliases } from "@/domain/assignments/aliases";
import type { Assignment, PatchResults } from "@/domain/assignments/assignment";
import { seatsMoved } from "@/domain/assignments/moved-seats";
import { seatKey } from "@/domain/assignments/patch-state";
import { type ShareRow, sharesAfter } from "@/server/checkouts/checkout-shares";
import type { DataKeys } from "@/server/secrets/data-keys";
import { openAssignment } from "./assignment-rows";
import type { Decided, RequestChanges } from "./changed-rows";
import type { LockedLogHead } from "./log-heads";
import type { CallSeats, WantedSeats } from "./seat-loading";
import {
  isSameMatching,
  likelyMatching,
  type Matching,
  noteMatching,
  type Spelling,
  spellingIn,
} from "./subject-matching";

/** How many seats are held, by the key of the allotment, and by shares. */
type Counts = { live: Record<string, number>; shares: readonly ShareRow[] | null };

/** A license before it is locked: its keys, and how it compares subjects, as that was last known. */
export type KnownLicense = Spelling & {
  license: string;
  keys: DataKeys;
  /** The seats of its syncs are looked up by it. */
  matching: Matching;
};

/** A license that is locked, and its state after the syncs that were decided. */
export type LockedLicense = Decided &
  KnownLicense & {
    /** Null until a sync is decided. */
    counts: Counts | null;
    /** The rows that were changed, as they are now, by instance. */
    rows: Map<string, Assignment>;
    /** The instances of these rows, by the subject index. */
    byUser: Map<string, Set<string>>;
    /** The keys of the seats that were changed, and of those that were rejected. */
    changed: Set<string>;
    rejected: Set<string>;
  };

export function knownLicense(license: string, keys: DataKeys): KnownLicense {
  const matching = likelyMatching(license);
  return { license, keys, matching, ...spellingIn(license, keys, matching) };
}

export function lockedLicense(known: KnownLicense, logHead: LockedLogHead): LockedLicense {
  return {
    ...{ ...known, logHead },
    ...{ parts: [], counts: null, rows: new Map(), byUser: new Map() },
    ...{ changed: new Set(), rejected: new Set() },
  };
}

/** Whether the seats were looked up as the license compares subjects: that is known for certain once they are read. */
export function isLookedUpRight({ license, matching }: LockedLicense, found: CallSeats): boolean {
  return isSameMatching(noteMatching(license, found), matching);
}

/** The log's version after the syncs that were decided. */
export function versionNow({ logHead, parts }: LockedLicense): number {
  return parts.at(-1)?.result.version ?? logHead.version;
}

/** The counts after the syncs that were decided; `found` are those before. */
export function countsNow({ counts }: LockedLicense, { live, shares }: CallSeats): Counts {
  return counts ?? { live: live ?? {}, shares };
}

/** The rows that patches can touch, as they are now; `found` is how the store has them. */
export function rowsNow(
  { license, keys, rows, byUser }: LockedLicense,
  found: CallSeats,
  { instances, lookups }: WantedSeats,
  aliases: Aliases | undefined,
): Assignment[] {
  const stored = (found.touched ?? []).map((row) => openAssignment(license, keys, row));
  const users = new Set(lookups.flatMap(({ index }) => [index, aliases?.userOf.get(index) ?? index]));
  const changed = new Set([
    ...stored.map(({ instance }) => instance),
    ...instances,
    ...[...users].flatMap((index) => [...(byUser.get(index) ?? [])]),
  ]);
  const unchanged = stored.filter(({ instance }) => !rows.has(instance));
  return [...unchanged, ...[...changed].flatMap((instance) => rows.get(instance) ?? [])];
}

/** One statement can't save a rejection and a seat of the same subject: which of them came last would be lost. */
export function meetsRejection(held: LockedLicense, { changes, rejected }: PatchResults): boolean {
  return (
    changes.some(({ row }) => held.rejected.has(seatKey(row))) ||
    rejected.some((seat) => held.changed.has(seatKey(seat)))
  );
}

/** Adds a sync that was decided on the counts. */
export function addDecided(held: LockedLicense, part: RequestChanges, { live, shares }: Counts): void {
  const { changes, rejected } = part.result;
  held.parts.push(part);
  held.counts = { live: { ...live }, shares: sharesAfter(shares, changes) };
  for (const [key, seats] of seatsMoved(changes)) held.counts.live[key] = (live[key] ?? 0) + seats;
  for (const { row } of changes) {
    held.rows.set(row.instance, row);
    held.byUser.set(row.index, (held.byUser.get(row.index) ?? new Set()).add(row.instance));
    held.changed.add(seatKey(row));
  }
  for (const seat of rejected) held.rejected.add(seatKey(seat));
}
