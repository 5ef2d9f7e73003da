import { STAMP, stampOf, timeOfStamp } from "./time-stamps";

/** The end of a chain: the number of its last event, and the hash of that event in hex. */
export type ChainEnd = { chain: string; sequence: number; hash: string };

/** The ends of all chains of an installation at one moment. */
export type Checkpoint = { installation: string; at: Date; ends: ChainEnd[] };

/** The store's side of an end: the number of the last event now, and the hash of the event that the checkpoint names. */
export type Stored = { end: number | null; hash: string | null };

/** What the store itself says of why a chain may be shorter or gone. */
export type History = { restores: readonly Date[]; removals: readonly Removal[] };

/** A license that was removed with its chain, which then had `events` events and ended with the hash `end`. */
export type Removal = { chain: string; at: Date; events: number; end: string };

/** A chain that isn't what a checkpoint says. */
export type Conflict = {
  chain: string;
  kind: "gone" | "cut" | "replaced";
  /** The number of the last event now; 0 if the chain is gone. */
  end: number;
  checkpoint: { at: Date; sequence: number };
  /** The first restore that was recorded after the checkpoint. */
  restored: Date | null;
};

/** After so many hours without a checkpoint the console and an alert rule say so. */
const LATE_HOURS = 3;
const NAME = new RegExp(`^checkpoint-(${STAMP})\\.jwt$`);

/** The name of a checkpoint: `checkpoint-20261129T034500Z.jwt`. Names sort by time. */
export function checkpointName(at: Date): string {
  return `checkpoint-${stampOf(at)}.jwt`;
}

/** Whether the next checkpoint is missing: one is due every hour, and `last` is null if there never was one. */
export function isCheckpointLate(last: Date | null, now: Date): boolean {
  return !last || now.getTime() - last.getTime() > LATE_HOURS * 3_600_000;
}

/** The checkpoints among some names, oldest first, without those from before a time. */
export function checkpointsAmong(names: readonly string[], since?: Date): string[] {
  const isWanted = (name: string) =>
    NAME.test(name) && (!since || timeOfCheckpoint(name).getTime() >= since.getTime());
  return names.filter(isWanted).toSorted();
}

export function timeOfCheckpoint(name: string): Date {
  return timeOfStamp(name.replace(NAME, "$1"));
}

/** What is wrong with a chain, by one checkpoint; null if nothing is, or if its license was removed since then. */
export function conflictOf(
  named: ChainEnd,
  at: Date,
  { end, hash }: Stored,
  { restores, removals }: History,
): Conflict | null {
  const { chain, sequence } = named;
  if (end !== null && end >= sequence && hash === named.hash) return null;
  if (removals.some((removal) => explains(removal, named, at))) return null;
  const kind = end === null ? "gone" : end < sequence ? "cut" : "replaced";
  const restored = restores.find((restore) => restore.getTime() >= at.getTime()) ?? null;
  return { chain, kind, end: end ?? 0, checkpoint: { at, sequence }, restored };
}

function explains({ chain, at, events, end }: Removal, named: ChainEnd, checked: Date): boolean {
  if (chain !== named.chain || at.getTime() < checked.getTime()) return false;
  return events === named.sequence ? end === named.hash : events > named.sequence;
}

/**
 * The one of two conflicts of a chain that says more: one that no restore explains, then the largest loss, then the
 * first event that was replaced.
 */
export function worseOf(one: Conflict | undefined, other: Conflict): Conflict {
  if (!one) return other;
  if (!one.restored !== !other.restored) return one.restored ? other : one;
  const [isOneCut, isOtherCut] = [one.kind !== "replaced", other.kind !== "replaced"];
  if (isOneCut !== isOtherCut) return isOneCut ? one : other;
  const isLater = other.checkpoint.sequence > one.checkpoint.sequence;
  return isLater === isOneCut ? other : one;
}

/** A conflict as a sentence without its full stop. */
export function conflictSentence(conflict: Conflict): string {
  const { restored } = conflict;
  const explained = restored
    ? `. A restore was recorded on ${timeText(restored)}: with a backup from before that checkpoint, this is what it lost`
    : "";
  return `${differenceIn(conflict)}${explained}`;
}

function differenceIn({ chain, kind, end, checkpoint: { at, sequence } }: Conflict): string {
  const named = chain === "installation" ? "the installation" : `license ${chain}`;
  const of = `the checkpoint of ${timeText(at)}`;
  if (kind === "gone") return `the chain of ${named} is gone; ${of} says that it ends at event ${sequence}`;
  if (kind === "cut") return `the chain of ${named} ends at event ${end}; ${of} says ${sequence}`;
  return `event ${sequence} of the chain of ${named} isn't the one that ${of} names: the chain was rewritten at or before it`;
}

/** A time to the second, in UTC. */
export function timeText(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
