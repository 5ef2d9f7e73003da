import { isSubject } from "@/domain/assignments/subject";
import type { Row } from "@/domain/assignments/sync-client";
import { type Allotment, nameKey } from "@/domain/licenses/definition";
import { hiddenIn } from "@/domain/look-alikes";
import { monthOf } from "@/domain/month";
import { assigned, isJustRejected, rejectionFor } from "./assignments";
import { refusalOf } from "./license-status";
import { freeUnits, localAssignmentsOf, seatAllotments, seatsOf } from "./local-assignments";
import { allotmentView, timeAllotment } from "./metering";
import { isPrepaid, type Lacking, lackingIn, type Moment, shortageIn } from "./prepaying";
import type { License, State } from "./state";

/** `reason` is the code that says why access is denied. */
export type Access = { granted: boolean; allotment?: string; accessType?: string; reason?: string };

/**
 * What can be said at this moment. A seat by auto-assignment that the backend hasn't confirmed is `pending`: it may
 * be granted if the backend is away or too slow. `byCapacity` marks a decision that depends on the last known total.
 */
export type Decision = Access & { pending?: true; byCapacity?: true; row?: Row };

/** Decides by assignment. Null if only auto-assignment or capacity could grant access. */
export function decided(state: State, subject: unknown, now: number): Decision | null {
  const { license } = state;
  const refusal = refusalOf(state, now);
  if (!license || refusal) return denied(refusal ?? "NO_LICENSE");
  if (!isSubject(subject)) return denied("INVALID_SUBJECT");
  const seats = seatsOf(localAssignmentsOf(state, license), license, subject, now);
  const seat = seats.find(({ isExcess }) => !isExcess);
  if (seat) return { ...granted(seat.allotment), ...(seat.row ? { row: seat.row } : { pending: true }) };
  const [excess] = seats;
  if (excess) return { ...denied("EXCESS"), allotment: excess.allotment.name };
  return isAutomatic(license) ? null : notAssigned(state, license, subject);
}

/**
 * Takes the next free seat that auto-assign allows, professional before analyzer, without those in `tried`. If none
 * is left, capacity may grant access.
 */
export function takenSeat(
  state: State,
  subject: unknown,
  tried: ReadonlySet<string>,
  at: Moment,
): [State, Decision] {
  const { now } = at;
  const known = decided(state, subject, now);
  const { license } = state;
  if (known || !license || !isSubject(subject)) return [state, known ?? denied("NO_LICENSE")];
  if (hiddenIn(subject)) return [state, withoutSeat(state, license, "INVALID_SUBJECT", at)];
  const assignments = localAssignmentsOf(state, license);
  const allotment = seatAllotments(license).find(
    (each) =>
      isSwitchedOn(license, each) &&
      !tried.has(nameKey(each.name)) &&
      freeUnits(assignments, each, now) > 0 &&
      !isJustRejected(state, license, { allotment: each, subject }, now),
  );
  if (!allotment) return [state, withoutSeat(state, license, "NO_AVAILABLE_UNITS", at)];
  const next = assigned(state, license, { allotment, subject, auto: true }, now);
  return [next, { ...granted(allotment), pending: true }];
}

/** The decision as callers see it, without the agent's own fields. */
export function accessOf({ pending: _, byCapacity: __, row: ___, ...access }: Decision): Access {
  return access;
}

/** Grants access by capacity to a subject without a seat, if the license has capacity; `reason` says why there is no seat. */
function withoutSeat(state: State, license: License, reason: string, at: Moment): Decision {
  const allotment = timeAllotment(license);
  if (typeof allotment === "string") return denied(reason);
  const shortage = capacityShortage(state, license, allotment, at);
  return { ...(shortage ? denied(shortage) : granted(allotment)), byCapacity: true };
}

/** Why no block of an allotment can begin now, if none can. */
function capacityShortage(
  state: State,
  license: License,
  allotment: Allotment,
  at: Moment,
): string | undefined {
  const month = monthOf(new Date(at.now));
  if (isPrepaid(state, allotment, month))
    return lackingBlock(state, at) ? shortageIn(state, license, allotment, at.now) : undefined;
  return allotmentView(state, license, allotment, month).denied ? "QUOTA_REACHED" : undefined;
}

/** The block that a sign-in by capacity needs, if its budget can't pay it now. */
export function lackingBlock(state: State, at: Moment): Lacking | null {
  const allotment = state.license && timeAllotment(state.license);
  if (!allotment || typeof allotment === "string") return null;
  return lackingIn(state, allotment, allotment.usage.minimum, at);
}

function notAssigned(state: State, license: License, subject: string): Decision {
  return denied(rejectionFor(state, license, subject)?.code ?? "NOT_ASSIGNED");
}

function isAutomatic({ settings }: License): boolean {
  return settings.autoAssignProfessional || settings.autoAssignAnalyzer;
}

function isSwitchedOn({ settings }: License, { name }: Allotment): boolean {
  if (nameKey(name) === "professional") return settings.autoAssignProfessional;
  return nameKey(name) === "analyzer" && settings.autoAssignAnalyzer;
}

function granted({ name, provisions }: Allotment): Decision {
  return { granted: true, allotment: name, accessType: provisions[0]?.accessType };
}

function denied(reason: string): Decision {
  return { granted: false, reason };
}
