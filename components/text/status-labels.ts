import type { DateStyle } from "@/domain/dates/date-style";
import type { ValidityStatus } from "@/domain/licenses/lease";
import { worstAllotment } from "@/domain/licenses/license-allotments";
import type { LicenseCondition } from "@/domain/licenses/license-condition";
import type { LicenseState } from "@/domain/licenses/license-state";
import type { LicenseHealth } from "@/domain/licenses/license-summary";
import { allotmentState } from "./allotment-labels";
import { licenseLabel } from "./license-labels";
import { count } from "./numbers";
import { silentText } from "./silence-labels";

type Row = {
  glance: LicenseHealth;
  states: LicenseState[];
  status: "active" | "suspended" | "revoked";
  standing: ValidityStatus;
  valid: string;
  trial: boolean;
  settings: { graceDays: number };
};

/**
 * The worst state of a license in the words of its badge, and the number of its other states; `state` is null for plain
 * text.
 */
export function statusLabel(
  row: Row,
  now: Date,
  dates: DateStyle,
): { words: string; state: LicenseState | null; more: number } {
  const [worst = "within"] = row.states;
  const more = row.states.length - 1;
  const { words, state } = licenseLabel(row, dates);
  if (worst === "within") return { words, state, more };
  return { words: wordsOf(worst, row, words, now, dates), state: worst, more };
}

function wordsOf(worst: LicenseState, { glance }: Row, own: string, now: Date, dates: DateStyle): string {
  const { pools, rejected, silent } = glance;
  if (worst === "rejected") return `Rejected, ${count(rejected?.subjects ?? 0)}`;
  if (worst === "silent") return silent ? silentText(silent, now) : "Silent";
  const allotment = worstAllotment(pools.filter((one) => one.state === worst));
  return allotment ? allotmentState(allotment, dates) : own;
}

/** The names of conditions as views of the list. */
export const CONDITION_NAMES: Record<LicenseCondition, string> = {
  needs: "Needs attention",
  near: "Nearly full",
  healthy: "Healthy",
  stopped: "Expired or stopped",
};

/** The names of states in filters. */
export const STATE_NAMES: Record<LicenseState, string> = {
  revoked: "Revoked",
  suspended: "Suspended",
  expired: "Expired",
  exceeded: "At or over the cap, access denied",
  excess: "Excess",
  overage: "In overage",
  rejected: "Rejected",
  near: "Near quota",
  silent: "Silent",
  within: "Within quota",
};
