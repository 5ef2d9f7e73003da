import { randomUUID } from "node:crypto";
import { capOf, grantSoFar } from "@/domain/consumption/quota";
import type { ReportElement } from "@/domain/consumption/report";
import {
  type LeaseErrorCode,
  type LeaseItem,
  type LeaseItemError,
  leaseSentence,
} from "@/domain/leases/lease-request";
import {
  bookOnLease,
  decideLease,
  freeIn,
  isLeasable,
  type LeaseDecision,
  type LeaseReason,
  type LeaseTotals,
  minuteLeaseEnd,
  NO_LEASE,
} from "@/domain/leases/lease-rules";
import { allotmentNamed, type Era } from "@/domain/licenses/definition";
import { leaseEnd, validityStatus } from "@/domain/licenses/lease";
import { bookingDay, type Month } from "@/domain/month";
import type { BookedSlot } from "@/server/consumption/consumption-statement";
import { notMetered, reservedIn } from "@/server/consumption/report-results";
import {
  type LeaseChanges,
  monthKeyText,
  putLease,
  recover,
  runText,
  supersedeOthers,
} from "./lease-changes";
import type { StoredLease, StoredTotals } from "./lease-statements";

/** The values of a lease, and the totals of its month, after a request, all in minutes; `granted: null` is no cap. */
export type LeaseValues = {
  id?: string | number | undefined;
  lease: string;
  allotment: string;
  month: Month;
  sequence: number;
  granted: number | null;
  booked: number;
  total: number;
  reserved: number;
  cap: number | null;
  free: number | null;
  expires: string;
  reason?: LeaseReason;
};

/** The result of one request for a lease. A refused one has the lease's current values beside the error, if it has any. */
export type LeaseResult = LeaseValues | LeaseItemError | (LeaseItemError & LeaseValues);

/** A deployment that asks, and the definitions of its license. */
export type Asker = { license: string; source: string; eras: Era[]; now: Date };

/** Books minutes of an element, newly counted ones, on the lease that it names, if that is one of its own. */
export function settle(
  changes: LeaseChanges,
  { license, source, now }: Asker,
  { key: allotment, month, lease: id, consumption }: ReportElement,
): void {
  const lease = changes.byId.get(id ?? "");
  if (
    !lease ||
    lease.source !== source ||
    monthKeyText(lease) !== monthKeyText({ license, allotment, month })
  )
    return;
  const { lease: after, unleased } = bookOnLease(lease, consumption);
  putLease(changes, { ...lease, ...after, lastContact: now }, consumption - unleased);
}

/** Decides a request for a lease, and puts the result into the changes. */
export function decideRequest(
  changes: LeaseChanges,
  asker: Asker,
  item: LeaseItem,
  slot: BookedSlot | undefined,
): LeaseResult {
  const { id, allotment, key, month, run } = item;
  const { license, source } = asker;
  if (slot?.class !== "time") return { id, error: notMetered(allotment, slot?.class) };
  if (slot.when_offline !== "bounded") return refusal(item, "LEASES_OFF");
  if (!isLeasable(month, asker.now)) return refusal(item, "MONTH_CLOSED");
  const totals = changes.totals.get(monthKeyText({ license, allotment: key, month }));
  if (!totals) throw new Error(`The minutes of ${key} in ${month} weren't locked.`);
  const known = changes.byRun.get(runText({ license, allotment: key, month, source, run })) ?? null;
  const limits = limitsOf(totals, asker, item);
  const decision = decideLease(known, item, totalsOf(totals, limits), termsOf(totals, asker));
  const lease = applied(changes, asker, item, { known, decision, totals });
  const answer = answerOf(lease, item, totalsOf(totals, limits), decision.reason);
  return decision.error ? { ...answer, ...refusal(item, decision.error) } : answer;
}

function refusal({ id }: LeaseItem, code: Parameters<typeof leaseSentence>[0]): LeaseItemError {
  return { id, error: { code: code satisfies LeaseErrorCode, detail: leaseSentence(code) } };
}

/** What no decision of this transaction changes: the cap, the block, and what shares of checkouts reserve for others. */
type Limits = Pick<LeaseTotals, "cap" | "block"> & { promised: number };

function limitsOf(
  { shares }: StoredTotals,
  { source, eras, now }: Asker,
  { allotment, month }: LeaseItem,
): Limits {
  const named = eras.findLast(({ definition }) => allotmentNamed(definition, allotment))?.definition;
  return {
    cap: capOf(grantSoFar(eras, allotment, month, now)),
    block: (named && allotmentNamed(named, allotment)?.usage.minimum) ?? 1,
    promised: reservedIn(month, shares, source, now),
  };
}

/** The totals of a month as the rules need them. */
function totalsOf({ total, reserved, open }: StoredTotals, { cap, block, promised }: Limits): LeaseTotals {
  return { cap, total, reserved: reserved + promised, open, block };
}

function termsOf({ hold, graceDays }: StoredTotals, { eras, now }: Asker) {
  const valid = eras.at(-1)?.definition.valid ?? "";
  const isLicenseOver = validityStatus(valid, now, graceDays) === "expired";
  return { now, isLicenseOver, isHeld: hold !== null && now < hold };
}

type Decided = { known: StoredLease | null; decision: LeaseDecision; totals: StoredTotals };

/** The lease as it is stored after a decision; the same if nothing changed. */
function applied(
  changes: LeaseChanges,
  asker: Asker,
  item: LeaseItem,
  { known, decision, totals }: Decided,
): StoredLease {
  const { lease, error, recovered, adopted } = decision;
  const before = known ?? begun(asker, item);
  if (lease === (known ?? NO_LEASE)) return before;
  const expires = error ? before.expires : endOf(totals, asker);
  const after = { ...before, ...lease, expires, lastContact: asker.now };
  putLease(changes, after, recovered);
  if (!known) supersedeOthers(changes, after);
  if (adopted > 0 || recovered > 0) adopt(changes, after, decision, asker.now);
  return after;
}

/** Books what the store had lost, and notes for the audit what was taken over. */
function adopt(
  changes: LeaseChanges,
  lease: StoredLease,
  { adopted, recovered }: LeaseDecision,
  now: Date,
): void {
  const { license, allotment, month, source } = lease;
  const place = { allotment, month, source };
  if (recovered > 0) recover(changes, { license, ...place, day: bookingDay(month, now), minutes: recovered });
  changes.adoptions.push({ license, lease: lease.id, details: { ...place, minutes: adopted, recovered } });
}

function begun({ license, source, now }: Asker, { key: allotment, month, run }: LeaseItem): StoredLease {
  const key = { license, allotment, month, source, run };
  return {
    ...{ id: randomUUID(), ...key, ...NO_LEASE },
    ...{ superseded: false, since: now, expires: now, lastContact: now },
  };
}

function endOf({ leaseHours, leaseDays, graceDays }: StoredTotals, { eras, now }: Asker): Date {
  const last = leaseEnd(eras.at(-1)?.definition.valid ?? "", now, { leaseDays, graceDays });
  return minuteLeaseEnd(now, leaseHours, last);
}

function answerOf(
  lease: StoredLease,
  { id, allotment, month }: LeaseItem,
  totals: LeaseTotals,
  reason: LeaseReason | undefined,
): LeaseValues {
  const { total, reserved, cap } = totals;
  return {
    ...{ id, lease: lease.id, allotment, month, sequence: lease.sequence },
    granted: cap === null ? null : lease.granted,
    booked: lease.booked,
    ...{ total, reserved, cap, free: freeIn(totals), expires: lease.expires.toISOString() },
    ...(reason ? { reason } : {}),
  };
}
