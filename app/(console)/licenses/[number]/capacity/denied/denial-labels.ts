import { userLabel } from "@/app/(console)/licenses/[number]/capacity/used-by/used-by-labels";
import { ALL_REFUSALS } from "@/domain/refusals/all-refusals";

/** Reasons that only deployments give. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["NOT_ASSIGNED", "No seat assigned"],
  ["EXCESS", "Seat beyond the units in force"],
  ["QUOTA_REACHED", "Minutes used up"],
  ["QUOTA_RESERVED", "Remaining minutes reserved for others"],
  ["BUDGET_USED", "Offline minutes used up"],
  ["LEASE_ENDED", "Lease ended"],
  ["NOT_YET_VALID", "License not yet valid"],
]);

/** A reason in words, or its code if it is unknown here. */
export function reasonLabel(code: string): string {
  const known = REASONS.get(code);
  if (known) return known;
  return Object.hasOwn(ALL_REFUSALS, code) ? ALL_REFUSALS[code as keyof typeof ALL_REFUSALS].title : code;
}

const HASH = /^[0-9a-f]{64}$/;

/** Who was denied: the name, the first digits of the hash, or a word for nobody. */
export function deniedLabel(user: string | null): string {
  if (user === null) return "Not named";
  return HASH.test(user) ? userLabel(user) : user;
}
