import { denied, type Grant, quotaStatus } from "@/domain/consumption/quota";
import type { ValidityStatus } from "./lease";

/** The problems that a license can have, worst first. */
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

/** The mark of a license in lists and headings. */
export type LicenseMark = "active" | "trial" | "suspended" | "expired" | "revoked";

type Status = "active" | "suspended" | "revoked";

/** The share of a limit from which usage is near it. */
const NEAR = 0.8;

export function licenseMark(status: Status, standing: ValidityStatus, trial: boolean): LicenseMark {
  if (status !== "active") return status;
  if (standing === "expired" || standing === "grace") return "expired";
  return trial ? "trial" : "active";
}

/** Whether a license serves anybody: the allotments of a stopped or expired license say nothing. */
export function isServing(status: Status, standing: ValidityStatus): boolean {
  return status === "active" && standing !== "expired";
}

/** The first of LICENSE_STATES that is present; `within` if there is none. */
export function worstState(states: readonly LicenseState[]): LicenseState {
  return LICENSE_STATES.find((state) => states.includes(state)) ?? "within";
}

/**
 * The state of a time allotment: near from 80% of its quota or if its usage will cross it this month, exceeded from
 * the moment that usage reaches the cap, where products deny access.
 */
export function timeState(grant: Grant, total: number, crosses: boolean): LicenseState {
  if (total > 0 && denied(grant, total)) return "exceeded";
  const state = quotaStatus(grant, total);
  return state === "within" && (crosses || isNear(total, grant.quota)) ? "near" : state;
}

/** The state of a seat allotment; full counts as near, because the next user is refused. */
export function seatState(live: number, units: number): LicenseState {
  if (live > units) return "excess";
  return isNear(live, units) ? "near" : "within";
}

function isNear(used: number, limit: number): boolean {
  return used > 0 && used >= NEAR * limit;
}
