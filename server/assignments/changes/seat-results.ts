import type { RejectionCode } from "@/domain/refusals/refusal";
import {
  issueUndoToken,
  MOST_UNDONE,
  type SeatInverse,
  type UndoScope,
} from "@/server/assignments/undo/undo-token";

/** The result of a request for several seats. `undo` undoes all of it; more than 1,000 seats can't be undone. */
export type SeatsChanged = { done: SeatDone[]; left: SkippedSeat[]; undo?: string };
export type SeatDone = { instance: string; subject: string; allotment: string };

/** A seat that was not changed, and why; `instance` is the seat that the user has already. */
export type SkippedSeat = {
  subject: string;
  code: RejectionCode | "ALREADY_ASSIGNED" | "ALREADY_RELEASED";
  sentence: string;
  instance?: string;
};

/** The result for one seat, and what undoes it. */
export type SeatResult =
  | { done: SeatDone; inverse: SeatInverse; left?: undefined }
  | { left: SkippedSeat; done?: undefined; inverse?: undefined };

/** The results together, with what undoes all of them. */
export function summed(scope: UndoScope, results: readonly SeatResult[]): SeatsChanged {
  const done = results.flatMap((result) => result.done ?? []);
  const left = results.flatMap((result) => result.left ?? []);
  const inverses = results.flatMap(({ inverse }) => (inverse ? { seat: inverse } : []));
  const canUndo = inverses.length > 0 && inverses.length <= MOST_UNDONE;
  return { done, left, ...(canUndo ? { undo: issueUndoToken(inverses, scope) } : {}) };
}

export function alreadyAssigned(subject: string, allotment: string, instance?: string): SkippedSeat {
  const sentence = `${subject} already has a seat in ${allotment}. Nothing was changed.`;
  return { subject, code: "ALREADY_ASSIGNED", sentence, instance };
}

/** A hashed seat took the name: no undo may release it. */
export function namedNow(subject: string, allotment: string, instance?: string): SkippedSeat {
  const sentence = `${subject} already has a seat in ${allotment}, from a deployment without a network. The seat now shows the name.`;
  return { subject, code: "ALREADY_ASSIGNED", sentence, instance };
}

/** A user who is listed twice in one request gets one seat, and is reported once. */
export function sameUser(subject: string, before: string, instance?: string): SkippedSeat {
  const sentence =
    subject === before ? `${subject} is listed twice.` : `${subject} is the same user as ${before}.`;
  return { subject, code: "ALREADY_ASSIGNED", sentence, instance };
}

export function alreadyReleased(subject: string): SkippedSeat {
  return {
    subject,
    code: "ALREADY_RELEASED",
    sentence: `${subject} was released in the meantime. Nothing was changed.`,
  };
}
