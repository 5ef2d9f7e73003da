import { allotmentNamed, type Definition, nameKey, unitsInForce } from "@/domain/licenses/definition";
import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import type { RejectionCode } from "@/domain/refusals/refusal";
import { rejectionSentence } from "@/domain/refusals/seat-refusals";

/**
 * The facts that a sentence about a refused seat names. `seats` are the allotments of the license that have seats;
 * `reserved` is how many seats signed definitions reserve.
 */
export type SeatAsked = { allotment: string; units: number; seats: readonly string[]; reserved?: number };

const list = new Intl.ListFormat("en", { type: "disjunction" });
const number = new Intl.NumberFormat("en");

/** `reserved` is keyed by the key of the allotment's name. */
export function seatAsked(
  definition: Definition,
  allotment: string,
  now: Date,
  reserved?: ReadonlyMap<string, number>,
): SeatAsked {
  const pool = allotmentNamed(definition, allotment);
  const seats = definition.allotments.filter(({ usage }) => usage.class === "assigned");
  return {
    allotment: pool?.name ?? allotment,
    units: pool ? unitsInForce(pool, now) : 0,
    seats: seats.map(({ name }) => name),
    reserved: reserved?.get(nameKey(allotment)) ?? 0,
  };
}

/** What happened, why, and what to do, for a person who assigned a seat by hand. */
export function notAssigned(subject: string, code: RejectionCode, asked: SeatAsked): string {
  const hidden = code === "INVALID_SUBJECT" ? hiddenIn(subject) : null;
  const why = hidden ? hiddenText(hidden) : whyNotAssigned(code, asked);
  return `${subject.trim() || "A line without a subject"} was not assigned. ${why}`;
}

/** Why a seat is in excess, by its rank in the order of adding; null if it is within the units. */
export function whyExcess(allotment: string, rank: number, units: number): string | null {
  if (rank <= units) return null;
  const force =
    units === 0
      ? `no ${allotment} units are in force today`
      : `${number.format(units)} ${units === 1 ? "is" : "are"} in force`;
  return `This is ${allotment} seat ${number.format(rank)} in order of assignment, and ${force}. It has no access until earlier seats are released or the units are raised.`;
}

export function whyNotAssigned(
  code: RejectionCode,
  { allotment, units, seats, reserved = 0 }: SeatAsked,
): string {
  switch (code) {
    case "NO_AVAILABLE_UNITS":
      if (reserved > 0) return takenOrReserved(allotment, units, reserved);
      return `${seatsTaken(allotment, units)} Release a seat, or raise the units in Definition.`;
    case "NOT_ASSIGNABLE":
      return `${allotment} counts minutes, not people. ${choose(seats)}`;
    case "UNKNOWN_ALLOTMENT":
      return `This license has no allotment "${allotment}". ${choose(seats)}`;
    default:
      return rejectionSentence(code);
  }
}

export function seatsTaken(allotment: string, units: number): string {
  if (units === 0) return `No ${allotment} units are in force today.`;
  return units === 1
    ? `The only ${allotment} seat is taken.`
    : `All ${number.format(units)} ${allotment} seats are taken.`;
}

function takenOrReserved(allotment: string, units: number, reserved: number): string {
  const kept = `${number.format(reserved)} of the ${number.format(units)} ${allotment} seats ${reserved === 1 ? "is" : "are"} reserved by signed definitions, and the others are taken.`;
  return `${kept} Release a seat, mark a signed definition as returned, or raise the units in Definition.`;
}

function choose(seats: readonly string[]): string {
  return seats.length === 0 ? "It has no seats." : `Choose ${list.format(seats)}.`;
}
