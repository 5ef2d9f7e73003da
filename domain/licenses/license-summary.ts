import { SILENT_MS } from "@/domain/deployment-pulse";
import { addMonths, DAY, type Month, monthOf } from "@/domain/month";
import type { SuspicionCode } from "@/domain/suspicions";
import type { ValidityStatus } from "./lease";
import { type LicenseAllotment, shareUsed } from "./license-allotments";
import { LICENSE_STATES, type LicenseState } from "./license-state";

/** The facts that decide the state of a license at one moment. */
export type LicenseHealth = {
  status: "active" | "suspended" | "revoked";
  standing: ValidityStatus;
  /** The end of validity; null if there is none. */
  endsAt: Date | null;
  pools: LicenseAllotment[];
  /** The time of the last call of any deployment. */
  contact: Date | null;
  silent: {
    sites: number;
    /** The last call of the deployment that called most recently. */
    since: Date;
    name: string;
  } | null;
  /** How many assignment changes were rejected in the last 24 hours, and the most frequent reason. */
  rejected: { subjects: number; code: string } | null;
  /** How many deployments wait for dual use where an open offer allows it; one of them, and its product. */
  requested: { sites: number; product: string; name: string } | null;
  /** When so many LEF retrievals had failed within a day that somebody may be guessing; kept for a day. */
  guessed?: Date;
  suspected: {
    sites: number;
    /** The worst suspicion about any deployment, and one deployment that has it. */
    code: SuspicionCode;
    name: string;
  } | null;
};

const GONE_DAYS = 60;
const REJECTED_DAYS = 1;
const GUESSED_DAYS = 1;

/** A deployment is silent if it last called in [gone, before): after a longer absence it isn't expected back. */
export function silence(now: Date): { gone: Date; before: Date } {
  return { gone: daysBefore(now, GONE_DAYS), before: new Date(now.getTime() - SILENT_MS) };
}

/** The time since which rejected assignment changes count. */
export function rejectedSince(now: Date): Date {
  return daysBefore(now, REJECTED_DAYS);
}

/** The time since which guesses of a control number are shown. */
export function guessedSince(now: Date): Date {
  return daysBefore(now, GUESSED_DAYS);
}

/** Every state that a license is in, worst first. A stopped or expired license is in that state alone. */
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

/** The usage of the fullest allotment; null without allotments. */
export function mostUsed({ pools }: Pick<LicenseHealth, "pools">): number | null {
  return pools.length > 0 ? Math.max(...pools.map(shareUsed)) : null;
}

/** How many licenses have their last day in a month. */
export type MonthEnds = { month: Month; licenses: number };

/**
 * How many active licenses end in each month, starting with all of this one. A validity ends at the midnight after
 * its last day.
 */
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
 * Licenses that need attention in the given order, then the others by state and usage; stopped or expired ones come
 * last, revoked ones are left out.
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
