import { seatAsked, seatsTaken, whyNotAssigned } from "@/domain/assignments/seat-sentences";
import { isSubject } from "@/domain/assignments/subject";
import { type Allotment, allotmentNamed, nameKey, unitsInForce } from "@/domain/licenses/definition";
import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import type { RejectionCode } from "@/domain/refusals/refusal";
import { rejectionSentence } from "@/domain/refusals/seat-refusals";
import { AgentRefusal } from "./agent-refusal";
import { assigned, rejectionFor, released, seatAllotmentNamed } from "./assignments";
import { refusalOf, refusalText } from "./license-status";
import {
  freeUnits,
  type LocalSeat,
  localAssignmentsOf,
  type Seat,
  seatsOf,
  shownAllotments,
} from "./local-assignments";
import { isOnline, type License, type State } from "./state";

/** An add by hand. If the backend is away it stays within the units; otherwise the backend decides. */
export function withAssignment(state: State, subject: string, name: string, now: number): State {
  const { license, allotment } = entitled(state, subject, name, now);
  const assignments = localAssignmentsOf(state, license);
  if (seatsOf(assignments, license, subject, now).some((seat) => seat.allotment.name === allotment.name))
    return state;
  const hidden = hiddenIn(subject);
  if (hidden) throw new AgentRefusal(422, "INVALID_SUBJECT", hiddenText(hidden));
  if (!isOnline(state) && freeUnits(assignments, allotment, now) <= 0)
    throw new AgentRefusal(
      403,
      "NO_AVAILABLE_UNITS",
      `${seatsTaken(allotment.name, unitsInForce(allotment, new Date(now)))}${state.offline ? "" : " The backend is away, so no more can be requested."} Release a seat first.`,
    );
  return assigned(state, license, { allotment, subject, auto: false }, now);
}

/** A release of a seat that is held here. */
export function withRelease(state: State, subject: string, name: string, now: number): State {
  const { license } = state;
  const allotments = license ? shownAllotments(localAssignmentsOf(state, license), license) : [];
  const allotment = allotments.find((each) => nameKey(each.name) === nameKey(name));
  const next = license && allotment && released(state, license, { allotment: allotment, subject }, now);
  if (!next) throw new AgentRefusal(404, "NOT_FOUND", `${subject} has no ${name} seat here.`);
  return next;
}

function entitled(
  state: State,
  subject: string,
  name: string,
  now: number,
): { license: License; allotment: Allotment } {
  const { license } = state;
  const refusal = refusalOf(state, now);
  if (!license || refusal)
    throw new AgentRefusal(403, refusal ?? "NO_LICENSE", refusalText(state, refusal ?? "NO_LICENSE"));
  if (!isSubject(subject))
    throw new AgentRefusal(422, "INVALID_SUBJECT", rejectionSentence("INVALID_SUBJECT"));
  const whyNot = (code: RejectionCode) =>
    whyNotAssigned(code, seatAsked(license.definition, name, new Date(now)));
  if (!allotmentNamed(license.definition, name))
    throw new AgentRefusal(422, "UNKNOWN_ALLOTMENT", whyNot("UNKNOWN_ALLOTMENT"));
  const allotment = seatAllotmentNamed(license, name);
  if (!allotment) throw new AgentRefusal(422, "NOT_ASSIGNABLE", whyNot("NOT_ASSIGNABLE"));
  return { license, allotment };
}

/** Whether the backend hasn't confirmed the add yet. */
export function isPending(state: State, subject: string, name: string, now: number): boolean {
  return seatOf(state, subject, name, now)?.row === null;
}

/** The seat; throws the reason if there is none. */
export function seatOrThrow(state: State, subject: string, name: string, now: number): LocalSeat {
  const seat = seatOf(state, subject, name, now);
  if (seat) {
    const { row, allotment, created, isExcess } = seat;
    const how = isExcess ? "excess" : row ? "assigned" : "pending";
    return { subject: row?.subject ?? subject, allotment: allotment.name, created, state: how };
  }
  const rejection = state.license && rejectionFor(state, state.license, subject);
  const reason = `${subject} was not assigned. ${rejection?.reason ?? ""}`.trim();
  throw new AgentRefusal(403, rejection?.code ?? "NOT_ASSIGNED", reason);
}

function seatOf(state: State, subject: string, name: string, now: number): Seat | undefined {
  const { license } = state;
  if (!license) return undefined;
  const seats = seatsOf(localAssignmentsOf(state, license), license, subject, now);
  return seats.find(({ allotment }) => nameKey(allotment.name) === nameKey(name));
}
