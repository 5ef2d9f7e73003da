import type { PatchResult } from "@/domain/assignments/assignment";
import { subjectKey } from "@/domain/assignments/subject";
import type { Base, LogHead } from "@/domain/assignments/sync";
import type { Month } from "./month";
import { isUuid } from "./uuid";

/** Signs that two installations share one source, or that either side was restored from a backup; worst first. */
export const SUSPICION_CODES = [
  "run-copied",
  "sequence-behind",
  "sequence-jump",
  "two-places",
  "base-ahead",
  "two-spellings",
  "created-off",
] as const;
export type SuspicionCode = (typeof SUSPICION_CODES)[number];

/** A suspicion with its facts. It names no subject. */
export type Suspicion =
  | {
      code: "sequence-behind" | "sequence-jump";
      allotment: string;
      month: Month;
      sent: number;
      /** The last sequence that had been counted. */
      counted: number;
    }
  | { code: "run-copied"; allotment: string; month: Month }
  | { code: "two-places"; places: [string, string] }
  | { code: "base-ahead"; sent: number; version: number }
  | { code: "two-spellings"; allotment: string }
  | { code: "created-off"; allotment: string; created: string; received: string };

/** A suspicion with the times (RFC 3339) when it arose and when it was last confirmed. */
export type Noted = Suspicion & { first: string; last: string };
export type Evidence = Partial<Record<SuspicionCode, Noted>>;

/** The address and user agent of a call. In a new call, null means unknown. */
export type CallOrigin = {
  address: string | null;
  product: string | null;
  version: string | null;
  os: string | null;
};

/** The origin of the last call, and the two origins before it, the latest last. */
export type Moved = CallOrigin & { left: (CallOrigin & { at: string })[] };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Up to this number a gap may come from a deployment that numbers several things together. */
const MOST_GAP = 1000;

/** Whether a source is meant to identify a single installation; a name that people chose may be shared. */
export function isOneInstallation(source: string): boolean {
  return isUuid(source);
}

/** A report's sequence below the last counted one was used before; one far above it isn't the next. */
export function suspicionOfSequence(
  { allotment, month, sequence: sent }: { allotment: string; month: Month; sequence: number },
  counted: number,
  now: Date,
): Suspicion | null {
  const facts = { allotment, month, sent, counted };
  if (sent < counted) return { code: "sequence-behind", ...facts };
  const leaps = counted > 0 && sent - counted > MOST_GAP && !isMoment(sent, now);
  return leaps ? { code: "sequence-jump", ...facts } : null;
}

/** Two alternating origins, A B A B within an hour. A new address alone is NAT or a move, a new agent alone an upgrade. */
export function suspicionOfOrigins(
  call: CallOrigin,
  { left, ...before }: Moved,
  now: Date,
): Suspicion | null {
  const [first, second] = left.slice(-2);
  const here = {
    address: call.address ?? before.address,
    product: call.product ?? before.product,
    version: call.version ?? before.version,
    os: call.os ?? before.os,
  };
  if (!first || !second || isSame(here, before) || isOneHost(here, before)) return null;
  const isInTurn = isSame(first, before) && isSame(second, here);
  const isSoon = now.getTime() - Date.parse(first.at) <= HOUR;
  return isInTurn && isSoon
    ? { code: "two-places", places: [networkPlaceText(before), networkPlaceText(here)] }
    : null;
}

/**
 * A base that this server hasn't reached. A base of another epoch was reached before a restore, which is reported
 * separately.
 */
export function suspicionOfBase(base: Base, { version, epoch }: LogHead): Suspicion | null {
  if (!base || base.version <= version || (base.epoch ?? epoch) !== epoch) return null;
  return { code: "base-ahead", sent: base.version, version };
}

/** The suspicion about an add whose subject holds the seat in another spelling. */
export function suspicionOfSpelling(answers: readonly PatchResult[]): Suspicion | null {
  for (const { patch, row } of answers) {
    if (!row || row.deleted || patch.instance) continue;
    const spelled = [row.subject, ...(row.aliases ?? [])].map((known) => subjectKey(known, "exact"));
    if (!spelled.includes(subjectKey(patch.subject, "exact")))
      return { code: "two-spellings", allotment: row.allotment };
  }
  return null;
}

/**
 * The suspicion about an assignment whose `created` can't be true: more than a day ahead, or further back than a
 * deployment may work without this server. `version` is the version of the log before the patches.
 */
export function suspicionOfCreated(
  answers: readonly PatchResult[],
  { version, leaseDays, now }: { version: number; leaseDays: number; now: Date },
): Suspicion | null {
  for (const { row } of answers) {
    if (!row || row.deleted || row.addedAt <= version) continue;
    const age = now.getTime() - row.created.getTime();
    if (age >= -DAY && age <= (leaseDays + 1) * DAY) continue;
    const [created, received] = [row.created.toISOString(), now.toISOString()];
    return { code: "created-off", allotment: row.allotment, created, received };
  }
  return null;
}

/**
 * The suspicions to store: new ones, and known ones that were last confirmed an hour ago or more; null if nothing
 * changes.
 */
export function evidenceOf(found: readonly Suspicion[], kept: Evidence, now: Date): Evidence | null {
  const at = now.toISOString();
  const news = found.flatMap((suspicion) => {
    const before = kept[suspicion.code];
    if (before && now.getTime() - Date.parse(before.last) < HOUR) return [];
    return [[suspicion.code, { ...suspicion, first: before?.first ?? at, last: at }] as const];
  });
  return news.length > 0 ? Object.fromEntries(news) : null;
}

/** The worst suspicion; undefined if there is none. */
export function worstSuspicion<Found extends { code: SuspicionCode }>(
  found: readonly Found[],
): Found | undefined {
  const rank = ({ code }: Found) => SUSPICION_CODES.indexOf(code);
  return found.toSorted((one, other) => rank(one) - rank(other))[0];
}

/** What was observed, and what it may mean. */
export function suspicionText(suspicion: Suspicion): string {
  switch (suspicion.code) {
    case "run-copied":
      return `Two copies of it spend the same reserved minutes of ${inMonth(suspicion)}: someone copied its memory or its data folder while it was running. Neither copy can reserve more minutes with this run. Stop the copy, or give it an empty data folder.`;
    case "sequence-behind":
      return `Report ${suspicion.sent} for ${inMonth(suspicion)} arrived after report ${suspicion.counted} was counted. The deployment was restored from a backup, or a copy of it runs under the same source: give the copy an empty data folder.`;
    case "sequence-jump":
      return `Its report numbers for ${inMonth(suspicion)} jumped from ${suspicion.counted} to ${suspicion.sent}. This server was restored from a backup and lost reports, or another deployment reports under the same source.`;
    case "two-places":
      return `Within an hour it called alternately from ${suspicion.places[0]} and from ${suspicion.places[1]}. Two machines run under the same source, as copies of a virtual machine do, or one machine has two outbound routes. Give a copy an empty data folder.`;
    case "base-ahead":
      return `It had synced up to change ${suspicion.sent} when this server was at change ${suspicion.version}. This server was restored from a backup without “signet restored”, or the deployment used another server before.`;
    case "created-off":
      return `It added a user of ${suspicion.allotment} dated ${suspicion.created.slice(0, 10)} on ${suspicion.received.slice(0, 10)} by this server's clock. Its clock is wrong, or it imports older assignments. Idle seats are measured by this server's clock.`;
    case "two-spellings":
      return `It spells a user of ${suspicion.allotment} differently from the list, for example in capitals. Both count as one user while this license's user matching is case-insensitive.`;
  }
}

function inMonth({ allotment, month }: { allotment: string; month: Month }): string {
  return `${allotment} in ${month}`;
}

/** Some deployments number reports by the time, in seconds, milliseconds or microseconds: such numbers jump by nature. */
function isMoment(sequence: number, now: Date): boolean {
  return [0.001, 1, 1000].some((scale) => Math.abs(sequence / scale - now.getTime()) < DAY);
}

function isSame(one: CallOrigin, other: CallOrigin): boolean {
  return (
    one.address === other.address &&
    one.product === other.product &&
    one.version === other.version &&
    one.os === other.os
  );
}

/** A host with IPv4 and IPv6 uses either, one call after the other. */
function isOneHost(one: CallOrigin, other: CallOrigin): boolean {
  const isOtherFamily = (one.address ?? "").includes(":") !== (other.address ?? "").includes(":");
  return isOtherFamily && isSame({ ...one, address: other.address }, other);
}

function networkPlaceText({ address, product, version, os }: CallOrigin): string {
  const agent = [product, version, os && `(${os})`].filter(Boolean).join(" ");
  return [address ?? "an unknown address", agent && `as ${agent}`].filter(Boolean).join(" ");
}
