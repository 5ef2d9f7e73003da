import { denied, type Grant, quotaStatus } from "@/domain/consumption/quota";
import type { ValidityStatus } from "./lease";

/** What may be wrong with a license, the worst first. */
export const LICENSE_STATES = [
  "revoked",
  "suspended",
  "expired",
  "exceeded",
  "excess",
  "overage",
  "rejected",
  "near",
  "silent",
  "within",
] as const;
export type LicenseState = (typeof LICENSE_STATES)[number];

/** What a seal shows. */
export type LicenseMark = "active" | "trial" | "suspended" | "expired" | "revoked";

type Status = "active" | "suspended" | "revoked";

/** From which share of a limit on it is near. */
const NEAR = 0.8;

export function licenseMark(status: Status, standing: ValidityStatus, trial: boolean): LicenseMark {
  if (status !== "active") return status;
  if (standing === "expired" || standing === "grace") return "expired";
  return trial ? "trial" : "active";
}

/** Whether a license serves anybody: of one that was stopped or has expired it says nothing how full its pools are. */
export function isServing(status: Status, standing: ValidityStatus): boolean {
  return status === "active" && standing !== "expired";
}

/** The first of LICENSE_STATES that is among them; `within` when none is. */
export function worstState(states: readonly LicenseState[]): LicenseState {
  return LICENSE_STATES.find((state) => states.includes(state)) ?? "within";
}

/**
 * How a pool of minutes stands: near from 80% of its quota on or when its use is going to cross it this month, exceeded
 * from the moment that its use reaches the cap, where products deny access.
 */
export function timeState(grant: Grant, total: number, crosses: boolean): LicenseState {
  if (total > 0 && denied(grant, total)) return "exceeded";
  const state = quotaStatus(grant, total);
  return state === "within" && (crosses || isNear(total, grant.quota)) ? "near" : state;
}

/** How a pool of seats stands; all taken is near, because the next one is refused. */
export function seatState(live: number, units: number): LicenseState {
  if (live > units) return "excess";
  return isNear(live, units) ? "near" : "within";
}

function isNear(used: number, limit: number): boolean {
  return used > 0 && used >= NEAR * limit;
}
