import { SILENT_MS } from "@/domain/deployment-pulse";
import { addMonths, DAY, type Month, monthOf } from "@/domain/month";
import type { SuspicionCode } from "@/domain/suspicions";
import type { ValidityStatus } from "./lease";
import { type LicenseAllotment, shareUsed } from "./license-allotments";
import { LICENSE_STATES, type LicenseState } from "./license-state";

/** All that decides how a license stands at one moment. */
export type LicenseHealth = {
  status: "active" | "suspended" | "revoked";
  standing: ValidityStatus;
  /** The end of its validity; null when it has none. */
  endsAt: Date | null;
  pools: LicenseAllotment[];
  /** When one of its deployments called last. */
  contact: Date | null;
  silent: {
    sites: number;
    /** The last call of the one that called last. */
    since: Date;
    name: string;
  } | null;
  /** How many changes to assignments were refused in the last 24 hours, and why most of them. */
  rejected: { subjects: number; code: string } | null;
  /** How many deployments wait to be accepted for dual use, where an open offer lets them be; one of them, and its product. */
  requested: { sites: number; product: string; name: string } | null;
  /** When so many retrievals of its LEF had failed within a day that somebody may be guessing; for a day. */
  guessed?: Date;
  suspected: {
    sites: number;
    /** The worst that is suspected of any of them, and a deployment of which it is. */
    code: SuspicionCode;
    name: string;
  } | null;
};

const GONE_DAYS = 60;
const REJECTED_DAYS = 1;
const GUESSED_DAYS = 1;

/** Silent are those that called last in [gone, before): who was away for longer than that is not waited for. */
export function silence(now: Date): { gone: Date; before: Date } {
  return { gone: daysBefore(now, GONE_DAYS), before: new Date(now.getTime() - SILENT_MS) };
}

/** Since when refused changes to assignments count. */
export function rejectedSince(now: Date): Date {
  return daysBefore(now, REJECTED_DAYS);
}

/** Since when guesses of a control number are news. */
export function guessedSince(now: Date): Date {
  return daysBefore(now, GUESSED_DAYS);
}

/** Every state that a license is in, the worst first. What is stopped or over is in that state alone. */
export function statesOf({ status, standing, pools, silent, rejected }: LicenseHealth): LicenseState[] {
  if (status !== "active") return [status];
  if (standing === "expired") return ["expired"];
  const states = new Set<LicenseState>(pools.map(({ state }) => state));
  if (standing === "grace") states.add("expired");
  if (rejected) states.add("rejected");
  if (silent) states.add("silent");
  const found = LICENSE_STATES.filter((state) => state !== "within" && states.has(state));
  return found.length > 0 ? found : ["within"];
}

/** How much is used of the pool that is fullest; null without pools. */
export function mostUsed({ pools }: Pick<LicenseHealth, "pools">): number | null {
  return pools.length > 0 ? Math.max(...pools.map(shareUsed)) : null;
}

/** How many licenses have their last day in a month. */
export type MonthEnds = { month: Month; licenses: number };

/** By month, this one first and whole, how many active licenses end. A validity ends with the midnight after its last day. */
export function endsByMonth(
  rows: readonly { glance: Pick<LicenseHealth, "status" | "endsAt"> }[],
  now: Date,
  months: number,
): MonthEnds[] {
  const last = rows.flatMap(({ glance: { status, endsAt } }) =>
    status === "active" && endsAt ? [monthOf(new Date(endsAt.getTime() - 1))] : [],
  );
  const first = monthOf(now);
  return Array.from({ length: months }, (_, i) => addMonths(first, i)).map((month) => ({
    month,
    licenses: last.filter((one) => one === month).length,
  }));
}

/**
 * Those that need somebody as they are given, then the others by their state and how full they are; what was stopped or
 * is over comes last, and what was revoked not at all.
 */
export function worstFirst<Row extends { glance: LicenseHealth; states: readonly LicenseState[] }>(
  rows: readonly Row[],
  needy: Iterable<Row>,
): Row[] {
  const first = new Set(needy);
  const rank = ({ glance: { status }, states: [worst = "within"] }: Row) =>
    status === "active" && worst !== "expired" ? LICENSE_STATES.indexOf(worst) : LICENSE_STATES.length;
  const others = rows
    .filter((row) => row.glance.status !== "revoked" && !first.has(row))
    .toSorted((a, b) => rank(a) - rank(b) || (mostUsed(b.glance) ?? 0) - (mostUsed(a.glance) ?? 0));
  return [...first, ...others];
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY);
}
