import type { Change, PatchResult } from "@/domain/assignments/assignment";
import { notAssigned, seatAsked } from "@/domain/assignments/seat-sentences";
import { nameKey } from "@/domain/licenses/definition";
import { Refusal, type RejectionCode } from "@/domain/refusals/refusal";
import { openSeats, type SeatOpened } from "@/server/assignments/lists/open-seats";
import { type Changed, changeAssignments } from "@/server/assignments/log/assignment-changes";
import {
  issueUndoToken,
  MOST_UNDONE,
  type SeatInverse,
  type UndoScope,
} from "@/server/assignments/undo/undo-token";
import { currentDefinition } from "@/server/licenses/definitions";
import { ADMIN_SOURCE, assignPatch, convertPlan, releasePatch, type SeatPlan } from "./seat-patches";

/** The result of a request for several seats. `undo` undoes all of it; more than 1,000 seats can't be undone. */
export type SeatsChanged = { done: SeatDone[]; left: SkippedSeat[]; undo?: string };
export type SeatDone = { instance: string; subject: string; allotment: string };

/** A seat that was not changed, and why. */
export type SkippedSeat = {
  subject: string;
  code: RejectionCode | "ALREADY_ASSIGNED" | "ALREADY_RELEASED";
  sentence: string;
};

/** Patches per transaction: more would keep the license's lock from others for too long. */
const CHUNK = 2500;

/** Assigns seats of an allotment to subjects; each subject that can't have one is reported, and the others get theirs. */
export async function assignSeats(
  scope: UndoScope,
  subjects: readonly string[],
  allotment: string,
): Promise<SeatsChanged> {
  return inChunks(scope, subjects, async (some) => {
    const patches = some.map((subject) => assignPatch(scope, { subject, allotment }));
    const changed = await change(scope, { patches, dependsOn: new Map() });
    const made = changesOf(changed.changes);
    const explain = await explainer(scope, changed, allotment);
    const told = new Map<string, string>();
    return some.map((subject, at): SeatResult => {
      const answer = changed.answers[at];
      if (answer?.rejection) return { left: explain(subject, answer.rejection) };
      if (isNamed(changed.changes, answer)) return { left: namedNow(subject, allotment) };
      const row = answer?.row && made.get(answer.row.instance);
      if (!row) return { left: alreadyAssigned(subject, allotment) };
      const { instance, version } = row;
      const before = told.get(instance);
      if (before !== undefined) return { left: sameUser(subject, before) };
      told.set(instance, subject);
      return { done: { instance, subject, allotment }, inverse: { release: { instance, version } } };
    });
  });
}

/** Releases assignments; their subjects are erased, and only the undo token in the result can restore them. */
export async function releaseSeats(scope: UndoScope, instances: readonly string[]): Promise<SeatsChanged> {
  return inChunks(scope, [...new Set(instances)], async (some) => {
    const seats = await openSeats(scope.license, some);
    const patches = seats.map((seat) => releasePatch(scope, seat));
    const changed = await change(scope, { patches, dependsOn: new Map() });
    const made = changesOf(changed.changes);
    return [...seats.map((seat) => releaseResult(seat, made, changed)), ...goneOf(some, seats)];
  });
}

/** Moves users to another allotment: nobody loses a seat without getting the other one. */
export async function convertSeats(
  scope: UndoScope,
  instances: readonly string[],
  allotment: string,
): Promise<SeatsChanged> {
  return inChunks(scope, [...new Set(instances)], async (some) => {
    const key = nameKey(allotment);
    const opened = await openSeats(scope.license, some);
    const [there, seats] = [
      opened.filter((seat) => seat.allotment === key),
      opened.filter((seat) => seat.allotment !== key),
    ];
    const changed = await change(scope, convertPlan(scope, seats, allotment));
    const made = changesOf(changed.changes);
    const explain = await explainer(scope, changed, allotment);
    const results = seats.map((seat, at): SeatResult => {
      const taken = changed.answers[2 * at];
      if (taken?.rejection) return { left: explain(seat.subject, taken.rejection) };
      const released = releaseResult(seat, made, changed);
      const added = taken?.row && made.get(taken.row.instance);
      if (!released.done || !added) return released;
      const { instance, version } = added;
      const inverse = { ...released.inverse, release: { instance, version } };
      return { done: { instance, subject: seat.subject, allotment }, inverse };
    });
    const kept = there.map((seat): SeatResult => ({ left: alreadyAssigned(seat.subject, allotment) }));
    return [...results, ...kept, ...goneOf(some, opened)];
  });
}

/** The result for a single seat: if it wasn't changed, throws the refusal. */
export function onlyOne({ done, left, undo }: SeatsChanged): SeatsChanged {
  const [refused] = left;
  if (done.length > 0 || !refused || left.length > 1) return { done, left, undo };
  throw new Refusal(
    refused.code === "ALREADY_ASSIGNED" || refused.code === "ALREADY_RELEASED"
      ? "CHANGED_MEANWHILE"
      : refused.code,
    refused.sentence,
  );
}

type SeatResult =
  | { done: SeatDone; inverse: SeatInverse; left?: undefined }
  | { left: SkippedSeat; done?: undefined; inverse?: undefined };

async function inChunks<T>(
  scope: UndoScope,
  all: readonly T[],
  work: (some: readonly T[]) => Promise<SeatResult[]>,
): Promise<SeatsChanged> {
  const results: SeatResult[] = [];
  for (let from = 0; from < all.length; from += CHUNK)
    results.push(...(await work(all.slice(from, from + CHUNK))));
  const done = results.flatMap((fate) => fate.done ?? []);
  const left = results.flatMap((fate) => fate.left ?? []);
  const inverses = results.flatMap(({ inverse }) => (inverse ? { seat: inverse } : []));
  const canUndo = inverses.length > 0 && inverses.length <= MOST_UNDONE;
  return { done, left, ...(canUndo ? { undo: issueUndoToken(inverses, scope) } : {}) };
}

function change({ license, actor, now }: UndoScope, { patches, dependsOn }: SeatPlan): Promise<Changed> {
  return changeAssignments(license, patches, { source: ADMIN_SOURCE, actor, now, unkept: true, dependsOn });
}

function releaseResult(
  { instance, subject, allotment }: SeatOpened,
  made: Map<string, Change["row"]>,
  { live }: Changed,
): SeatResult {
  const row = made.get(instance);
  if (!row) return { left: alreadyReleased(subject) };
  const { version } = row;
  const restore = { instance, version, allotment, subject, live: live[allotment] ?? 0 };
  return { done: { instance, subject, allotment }, inverse: { restore } };
}

/** The named seats that were released before they were read. */
function goneOf(named: readonly string[], opened: readonly SeatOpened[]): SeatResult[] {
  return named.slice(opened.length).map(() => ({ left: alreadyReleased("A seat") }));
}

function changesOf(changes: Change[]): Map<string, Change["row"]> {
  return new Map(changes.map(({ row }) => [row.instance, row]));
}

async function explainer(scope: UndoScope, { license, answers, reserved }: Changed, allotment: string) {
  if (answers.every(({ rejection }: PatchResult) => rejection === ""))
    return () => alreadyAssigned("", allotment);
  const definition = await currentDefinition(scope.license, license.definition_id);
  const asked = seatAsked(definition, allotment, scope.now, reserved);
  return (subject: string, code: RejectionCode): SkippedSeat => ({
    subject,
    code,
    sentence: notAssigned(subject, code, asked),
  });
}

function alreadyAssigned(subject: string, allotment: string): SkippedSeat {
  const sentence = `${subject} already has a seat in ${allotment}. Nothing was changed.`;
  return { subject, code: "ALREADY_ASSIGNED", sentence };
}

/** Whether a hashed seat took the name: no undo may release it. */
function isNamed(changes: readonly Change[], answer: PatchResult | undefined): boolean {
  return changes.some(({ kind, row }) => kind === "name" && row.instance === answer?.row?.instance);
}

function namedNow(subject: string, allotment: string): SkippedSeat {
  const sentence = `${subject} already has a seat in ${allotment}, from a deployment without a network. The seat now shows the name.`;
  return { subject, code: "ALREADY_ASSIGNED", sentence };
}

/** A user who is listed twice in one request gets one seat, and is reported once. */
function sameUser(subject: string, before: string): SkippedSeat {
  const sentence =
    subject === before ? `${subject} is listed twice.` : `${subject} is the same user as ${before}.`;
  return { subject, code: "ALREADY_ASSIGNED", sentence };
}

function alreadyReleased(subject: string): SkippedSeat {
  return {
    subject,
    code: "ALREADY_RELEASED",
    sentence: `${subject} was released in the meantime. Nothing was changed.`,
  };
}
