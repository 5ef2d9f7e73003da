import { inForce, parseValidity } from "@/domain/licenses/validity";
import { refusalSentence } from "@/domain/refusals/all-refusals";
import type { DualUseCode, State, StopCode } from "./state";

/** Why nobody has access at all. */
export type RefusalReason = "NO_LICENSE" | StopCode | DualUseCode | "NOT_YET_VALID" | "LEASE_ENDED";

/** The reason that keeps everyone out now: a stop is checked before the lease, and the lease before the license. */
export function refusalOf({ license, stop, asking }: State, now: number): RefusalReason | undefined {
  if (!license) return asking?.code ?? "NO_LICENSE";
  if (stop) return stop.code;
  if (now >= license.leaseEnd) return "LEASE_ENDED";
  return isBeforeStart(license.definition.valid, now) ? "NOT_YET_VALID" : undefined;
}

/** Why nobody has access, as a sentence with what to do. */
export const REFUSAL_TEXTS: Record<RefusalReason, string> = {
  NO_LICENSE: "No license key is entered. Paste the signed license key into the control panel.",
  KEY_REVOKED: refusalSentence("KEY_REVOKED"),
  LICENSE_REVOKED: refusalSentence("LICENSE_REVOKED"),
  LICENSE_SUSPENDED: refusalSentence("LICENSE_SUSPENDED"),
  DUAL_USE_REQUIRED: "Waiting for an admin of the license to accept this deployment.",
  DUAL_USE_WITHDRAWN: "Dual use was withdrawn for this deployment. Ask an admin of the license.",
  DUAL_USE_REJECTED: "Dual use was rejected for this deployment. Ask an admin of the license.",
  NOT_YET_VALID: "The license is not valid yet.",
  LEASE_ENDED:
    "The license has ended, or the backend was not reached in time to renew it. Restore the connection to the backend.",
};

/** The text for this deployment: without a network, a file renews the license. */
export function refusalText({ offline }: State, code: RefusalReason): string {
  if (offline && code === "LEASE_ENDED")
    return "This deployment's signed definition has expired, or its signing key is no longer in the key set. Download a renewed one from the backend, then drop it here.";
  return REFUSAL_TEXTS[code];
}

function isBeforeStart(valid: string, now: number): boolean {
  const from = parseValidity(valid)?.from;
  return Boolean(from) && !inForce(valid, new Date(now)) && now < (from?.getTime() ?? 0);
}
