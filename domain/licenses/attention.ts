import type { Crossing } from "@/domain/consumption/forecast";
import { DAY } from "@/domain/month";
import { SUSPICION_CODES, type SuspicionCode } from "@/domain/suspicions";
import { type SeatAllotment, shareUsed, type TimeAllotment } from "./license-allotments";
import type { LicenseHealth } from "./license-summary";

/** A fact about a license that a person should look at. */
export type Need =
  | { kind: "exceeded" | "overage" | "crossing"; pool: TimeAllotment }
  | { kind: "excess"; pool: SeatAllotment }
  | { kind: "ended" | "ending"; at: Date; inGrace: boolean }
  | { kind: "rejected"; subjects: number; code: string }
  | { kind: "requested"; sites: number; product: string; name: string }
  | { kind: "suspected"; sites: number; code: SuspicionCode; name: string }
  | { kind: "guessed"; at: Date }
  | { kind: "silent"; sites: number; since: Date; name: string };

/** The subjects of needs, by which the overview groups them. */
export const SUBJECT_MATTERS = ["usage", "contact", "expiry"] as const;
export type SubjectMatter = (typeof SUBJECT_MATTERS)[number];

/** Needs are sorted so that denied access, now or soon, comes first: of all users, then of some. */
const ORDER = [
  "expired",
  "exceeded",
  "excess",
  "in-grace",
  "overage",
  "crossing",
  "requested",
  "rejected",
  "guessed",
  "suspected",
  "silent",
  "ending",
] as const;

const MATTER: Record<Need["kind"], SubjectMatter> = {
  exceeded: "usage",
  excess: "usage",
  overage: "usage",
  crossing: "usage",
  rejected: "usage",
  requested: "contact",
  guessed: "contact",
  suspected: "contact",
  silent: "contact",
  ended: "expiry",
  ending: "expiry",
};

/** More days than any day has. */
const CAP_FIRST = 10_000_000;

/** An ended license is listed for this many days. */
const ENDED_DAYS = 30;

/** The needs of a license, most urgent first; none for a license that was stopped on purpose. */
export function needsOf(glance: LicenseHealth, now: Date): Need[] {
  const { status, standing, pools, requested, rejected, guessed, suspected, silent } = glance;
  if (status !== "active") return [];
  if (standing === "expired") return endNeeds(glance, now);
  const needs: Need[] = [...pools.flatMap(allotmentNeeds), ...endNeeds(glance, now)];
  if (requested) needs.push({ kind: "requested", ...requested });
  if (rejected) needs.push({ kind: "rejected", ...rejected });
  if (guessed) needs.push({ kind: "guessed", at: guessed });
  if (suspected) needs.push({ kind: "suspected", ...suspected });
  if (silent) needs.push({ kind: "silent", ...silent });
  return needs.toSorted(compareNeeds);
}

/** Sorts by urgency: by kind, then the worst of a kind first; equals keep the given order. */
export function byUrgency<T extends { need: Need }>(rows: readonly T[]): T[] {
  return rows.toSorted((one, other) => compareNeeds(one.need, other.need));
}

export function matterOf({ kind }: Need): SubjectMatter {
  return MATTER[kind];
}

function allotmentNeeds(allotment: LicenseHealth["pools"][number]): Need[] {
  if (allotment.class === "assigned")
    return allotment.state === "excess" ? [{ kind: "excess", pool: allotment }] : [];
  if (allotment.state === "exceeded" || allotment.state === "overage")
    return [{ kind: allotment.state, pool: allotment }];
  return allotment.crossing ? [{ kind: "crossing", pool: allotment }] : [];
}

function endNeeds({ standing, endsAt }: LicenseHealth, now: Date): Need[] {
  if (!endsAt) return [];
  const need = { at: endsAt, inGrace: standing === "grace" };
  if (standing === "expiring") return [{ kind: "ending", ...need }];
  const isNews = now.getTime() - endsAt.getTime() < ENDED_DAYS * DAY;
  return standing === "grace" || (standing === "expired" && isNews) ? [{ kind: "ended", ...need }] : [];
}

function compareNeeds(one: Need, other: Need): number {
  return rankOf(one) - rankOf(other) || weightOf(other) - weightOf(one);
}

function rankOf(need: Need): number {
  if (need.kind === "ended") return ORDER.indexOf(need.inGrace ? "in-grace" : "expired");
  return ORDER.indexOf(need.kind);
}

/** How bad a need is among those of its kind; the larger, the worse. */
function weightOf(need: Need): number {
  switch (need.kind) {
    case "exceeded":
    case "overage":
    case "excess":
      return shareUsed(need.pool);
    case "crossing":
      return need.pool.crossing ? crossingWeight(need.pool.crossing) : 0;
    case "ended":
    case "ending":
      return -need.at.getTime();
    case "silent":
      return -need.since.getTime();
    case "rejected":
      return need.subjects;
    case "requested":
      return need.sites;
    case "suspected":
      return -SUSPICION_CODES.indexOf(need.code);
    case "guessed":
      return need.at.getTime();
  }
}

/** Reaching the cap, which denies access, is worse than passing the quota; then the earlier day is. */
function crossingWeight({ limit, on }: Crossing): number {
  return (limit === "cap" ? CAP_FIRST : 0) - Date.parse(on) / DAY;
}
