import { DAY, type Month, monthEnd, monthStart } from "@/domain/month";

/** The minutes of one allotment in one month, as read under the lock of their totals. */
export type LeaseTotals = {
  /** The cap so far; null if there is none. */
  cap: number | null;
  /** The booked minutes of all deployments. */
  total: number;
  /** Minutes that can't be granted though they aren't booked: what open leases hold, and the shares of checkouts. */
  reserved: number;
  /** How many leases share what is free. */
  open: number;
  /** The smallest charge, in minutes. */
  block: number;
};

/** The minutes of one run in one month. `granted` and `booked` are totals that start at 0. */
export type MinuteLease = {
  granted: number;
  booked: number;
  /** The last request that was answered, so that its repetition gets the same answer; 0 before the first. */
  sequence: number;
  asked: string | null;
  state: "open" | "released" | "copied";
};

/** A request of a run. `lease` and `granted` are what it holds already, if anything. */
export type LeaseRequest = {
  month: Month;
  sequence: number;
  /** What the run has charged in the month, reported or not. */
  used: number;
  /** The part of `used` that answers have confirmed. */
  reported: number;
  /** The minutes that it wishes to hold unspent. */
  want: number;
  lease: string | null;
  granted: number | null;
};

export type LeaseRefusal = "MONTH_CLOSED" | "LEASE_RELEASED" | "SEQUENCE_BEHIND" | "RUN_COPIED";

/** Why a lease wasn't raised: a hold after a restore, or a license past its end and grace days. */
export type LeaseReason = "HOLD" | "LICENSE_NOT_VALID";

export type LeaseTerms = { now: Date; isLicenseOver: boolean; isHeld: boolean };

/**
 * The lease after a request; the same object if nothing changed. `recovered` minutes are booked without a report,
 * and `adopted` is what the lease holds beyond what was known here.
 */
export type LeaseDecision = {
  lease: MinuteLease;
  recovered: number;
  adopted: number;
  error?: LeaseRefusal;
  reason?: LeaseReason;
};

export const NO_LEASE: MinuteLease = { granted: 0, booked: 0, sequence: 0, asked: null, state: "open" };

/** The minutes that a lease keeps from others. */
export function reservedBy({
  granted,
  booked,
  state,
}: Pick<MinuteLease, "granted" | "booked" | "state">): number {
  return state === "released" ? 0 : granted - booked;
}

/** The minutes that can be granted; null if there is no cap. */
export function freeIn({ cap, total, reserved }: LeaseTotals): number | null {
  return cap === null ? null : Math.max(0, cap - total - reserved);
}

/** Whether minutes of a month can be leased: it hasn't ended, and begins within 24 hours. */
export function isLeasable(month: Month, now: Date): boolean {
  return now < monthEnd(month) && monthStart(month).getTime() <= now.getTime() + DAY;
}

/** Decides a request. `known` is the lease of its run, null if there is none here. */
export function decideLease(
  known: MinuteLease | null,
  request: LeaseRequest,
  totals: LeaseTotals,
  terms: LeaseTerms,
): LeaseDecision {
  const lease = known ?? NO_LEASE;
  const refused = (error: LeaseRefusal, after = lease) => ({ ...unchanged(after), error });
  if (!isLeasable(request.month, terms.now)) return refused("MONTH_CLOSED");
  if (lease.state === "released") return refused("LEASE_RELEASED");
  if (request.sequence < lease.sequence) return refused("SEQUENCE_BEHIND");
  const asked = requestText(request);
  const isSame = request.sequence === lease.sequence;
  if (isSame && asked === lease.asked) return unchanged(lease);
  if (lease.state === "copied" || isSame || request.used < lease.booked)
    return refused("RUN_COPIED", lease.state === "copied" ? lease : { ...lease, state: "copied" });
  const answered = { ...lease, sequence: request.sequence, asked };
  if (terms.isHeld) return held(answered, request, totals);
  if (known === null && holdsMinutes(request)) return unchanged(answered);
  return moved(answered, request, totals, terms);
}

/** Books reported minutes on the lease that paid for them; the grant follows those above it, which are unleased. */
export function bookOnLease(lease: MinuteLease, minutes: number): { lease: MinuteLease; unleased: number } {
  if (lease.state === "released") return { lease, unleased: minutes };
  const booked = lease.booked + minutes;
  const granted = Math.max(lease.granted, booked);
  return { lease: { ...lease, booked, granted }, unleased: granted - lease.granted };
}

/** What an admin's release changes of a lease: what it holds and hasn't booked is free again. */
export function released<Minutes>({ booked }: { booked: Minutes }): { granted: Minutes; state: "released" } {
  return { granted: booked, state: "released" };
}

/** Until when minutes that are granted now can be spent; `last` is how long the deployment may work at all. */
export function minuteLeaseEnd(now: Date, hours: number, last: Date): Date {
  const end = new Date(now.getTime() + hours * (DAY / 24));
  return last < end ? last : end;
}

function holdsMinutes({ lease, granted }: LeaseRequest): boolean {
  return lease !== null || (granted ?? 0) > 0;
}

function unchanged(lease: MinuteLease): LeaseDecision {
  return { lease, recovered: 0, adopted: 0 };
}

function moved(
  lease: MinuteLease,
  request: LeaseRequest,
  totals: LeaseTotals,
  { isLicenseOver }: LeaseTerms,
): LeaseDecision {
  const wish = request.used + request.want - lease.granted;
  if (wish <= 0 || isLicenseOver) return lowered(unchanged(lease), request, "LICENSE_NOT_VALID");
  return unchanged({ ...lease, granted: lease.granted + additionFor(wish, totals) });
}

/** During a hold nothing is granted, but what a run proves to hold is taken over. Without a cap nothing is held back. */
function held(lease: MinuteLease, request: LeaseRequest, totals: LeaseTotals): LeaseDecision {
  const decision = adopted(lease, request, totals);
  return totals.cap === null ? decision : lowered(decision, request, "HOLD");
}

/** Takes back what a run no longer wants. A lease that it wants raised stays as it is, for a reason. */
function lowered(decision: LeaseDecision, { used, want }: LeaseRequest, reason: LeaseReason): LeaseDecision {
  const { lease } = decision;
  const target = used + want;
  if (target > lease.granted) return { ...decision, reason };
  return { ...decision, lease: { ...lease, granted: Math.max(target, lease.booked) } };
}

/**
 * The minutes to add to a lease that wishes for more: never more than is free, nor than its share of that, both in
 * whole blocks, so that the last minutes of a month are spread. Without a cap nothing is reserved.
 */
function additionFor(wish: number, totals: LeaseTotals): number {
  const free = freeIn(totals);
  if (free === null) return 0;
  const share = Math.max(totals.block, free / (1 + totals.open));
  return Math.min(wish, wholeBlocks(free, totals.block), wholeBlocks(share, totals.block));
}

function wholeBlocks(minutes: number, block: number): number {
  return Math.floor(minutes / block) * block;
}

/** After a restore a run may hold and have reported more than is known here; both are taken over, at most up to the cap. */
function adopted(
  lease: MinuteLease,
  { granted, reported }: LeaseRequest,
  { cap }: LeaseTotals,
): LeaseDecision {
  const most = cap ?? Number.MAX_SAFE_INTEGER;
  const booked = Math.max(lease.booked, Math.min(reported, most));
  const all = Math.max(lease.granted, booked, cap === null ? 0 : Math.min(granted ?? 0, most));
  const [recovered, more] = [booked - lease.booked, all - lease.granted];
  return { lease: { ...lease, granted: all, booked }, recovered, adopted: more };
}

/** What a repetition of a request has to equal. */
export function requestText({ used, reported, want, lease, granted }: LeaseRequest): string {
  return [used, reported, want, lease ?? "", granted ?? ""].join(" ");
}
