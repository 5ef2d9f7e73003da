import type { LicenseStanding } from "@/domain/licenses/lease";
import { worstPool } from "@/domain/licenses/license-allotments";
import type { LicenseState } from "@/domain/licenses/license-state";
import type { Glance } from "@/domain/licenses/license-summary";
import { poolState } from "./allotment-labels";
import { licenseWords } from "./license-labels";
import { count } from "./numbers";
import { silentWords } from "./silence-labels";

type Row = {
  glance: Glance;
  states: LicenseState[];
  status: "active" | "suspended" | "revoked";
  standing: LicenseStanding;
  valid: string;
  trial: boolean;
  settings: { graceDays: number };
};

/** The worst state of a license in the words of its badge, and how many more it is in; `state` null for plain words. */
export function standingWords(
  row: Row,
  now: Date,
): { words: string; state: LicenseState | null; more: number } {
  const [worst = "within"] = row.states;
  const more = row.states.length - 1;
  const { words, state } = licenseWords(row);
  if (worst === "within") return { words, state, more };
  return { words: wordsOf(worst, row, words, now), state: worst, more };
}

function wordsOf(worst: LicenseState, { glance }: Row, own: string, now: Date): string {
  const { pools, rejected, silent } = glance;
  if (worst === "rejected") return `Rejected, ${count(rejected?.subjects ?? 0)}`;
  if (worst === "silent") return silent ? silentWords(silent, now) : "Silent";
  const pool = worstPool(pools.filter((one) => one.state === worst));
  return pool ? poolState(pool) : own;
}

/** What a filter calls a state. */
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
