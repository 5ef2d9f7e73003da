import type { Change, PatchResult } from "@/domain/assignments/assignment";
import { movedRows } from "@/domain/assignments/moved-seats";
import { notAssigned, seatAsked } from "@/domain/assignments/seat-sentences";
import { nameKey } from "@/domain/licenses/definition";
import { Refusal, type RejectionCode } from "@/domain/refusals/refusal";
import { openSeats, type SeatOpened } from "@/server/assignments/lists/open-seats";
import { type Changed, changeAssignments } from "@/server/assignments/log/assignment-changes";
import type { UndoScope } from "@/server/assignments/undo/undo-token";
import { currentDefinition } from "@/server/licenses/definitions";
import { ADMIN_SOURCE, assignPatch, convertPlan, releasePatch, type SeatPlan } from "./seat-patches";
import {
  alreadyAssigned,
  alreadyReleased,
  namedNow,
  type SeatResult,
  type SeatsChanged,
  type SkippedSeat,
  sameUser,
  summed,
} from "./seat-results";

/** Patches per transaction: more would keep the license's lock from others for too long. */
export const CHUNK = 2500;

/** Assigns seats of an allotment to subjects; each subject that can't have one is reported, and the others get theirs. */
export async function assignSeats(
  scope: UndoScope,
  subjects: readonly string[],
  allotment: string,
): Promise<SeatsChanged> {
  return summed(scope, await assignEach(scope, subjects, allotment));
}

/** Releases assignments; their subjects are erased, and only the undo token in the result can restore them. */
export async function releaseSeats(scope: UndoScope, instances: readonly string[]): Promise<SeatsChanged> {
  return summed(scope, await releaseEach(scope, [...new Set(instances)]));
}

/** Moves users to another allotment: nobody loses a seat without getting the other one. */
export async function convertSeats(
  scope: UndoScope,
  instances: readonly string[],
  allotment: string,
): Promise<SeatsChanged> {
  return summed(scope, await convertEach(scope, [...new Set(instances)], allotment));
}

/** As `assignSeats`, with a result for each subject in its position. */
export function assignEach(
  scope: UndoScope,
  subjects: readonly string[],
  allotment: string,
): Promise<SeatResult[]> {
  return inChunks(subjects, async (some) => {
    const patches = some.map((subject) => assignPatch(scope, { subject, allotment }));
    const changed = await change(scope, { patches, dependsOn: new Map() });
    const made = movedRows(changed.changes);
    const explain = await explainer(scope, changed, allotment);
    const told = new Map<string, string>();
    return some.map((subject, at): SeatResult => {
      const answer = changed.answers[at];
      if (answer?.rejection) return { left: explain(subject, answer.rejection) };
      const held = answer?.row?.instance;
      if (isNamed(changed.changes, answer)) return { left: namedNow(subject, allotment, held) };
      const row = held && made.get(held);
      if (!row) return { left: alreadyAssigned(subject, allotment, held) };
      const { instance, version } = row;
      const before = told.get(instance);
      if (before !== undefined) return { left: sameUser(subject, before, instance) };
      told.set(instance, subject);
      return { done: { instance, subject, allotment }, inverse: { release: { instance, version } } };
    });
  });
}

/** As `releaseSeats`, with a result for each instance in its position; each instance is named once. */
function releaseEach(scope: UndoScope, instances: readonly string[]): Promise<SeatResult[]> {
  return inChunks(instances, async (some) => {
    const seats = await openSeats(scope.license, some);
    const patches = seats.map((seat) => releasePatch(scope, seat));
    const changed = await change(scope, { patches, dependsOn: new Map() });
    const made = movedRows(changed.changes);
    return inPlace(some, seats, (seat) => releaseResult(seat, made, changed));
  });
}

/** As `convertSeats`, with a result for each instance in its position; each instance is named once. */
export function convertEach(
  scope: UndoScope,
  instances: readonly string[],
  allotment: string,
): Promise<SeatResult[]> {
  return inChunks(instances, async (some) => {
    const key = nameKey(allotment);
    const opened = await openSeats(scope.license, some);
    const seats = opened.filter((seat) => seat.allotment !== key);
    const changed = await change(scope, convertPlan(scope, seats, allotment));
    const made = movedRows(changed.changes);
    const explain = await explainer(scope, changed, allotment);
    const takes = new Map(seats.map(({ instance }, at) => [instance, changed.answers[2 * at]]));
    return inPlace(some, opened, (seat) => {
      const { instance: old, subject } = seat;
      if (seat.allotment === key) return { left: alreadyAssigned(subject, allotment, old) };
      const taken = takes.get(old);
      if (taken?.rejection) return { left: explain(subject, taken.rejection) };
      const released = releaseResult(seat, made, changed);
      const added = taken?.row && made.get(taken.row.instance);
      if (!released.done || !added) return released;
      const { instance, version } = added;
      const inverse = { ...released.inverse, release: { instance, version } };
      return { done: { instance, subject, allotment }, inverse };
    });
  });
}

/** The result for a single seat: if it wasn't changed, throws the refusal. */
export function onlyOne<Changed extends { done: readonly unknown[]; left: readonly SkippedSeat[] }>(
  changed: Changed,
): Changed {
  const [refused] = changed.left;
  if (changed.done.length > 0 || !refused || changed.left.length > 1) return changed;
  throw new Refusal(
    refused.code === "ALREADY_ASSIGNED" || refused.code === "ALREADY_RELEASED"
      ? "CHANGED_MEANWHILE"
      : refused.code,
    refused.sentence,
  );
}

async function inChunks<T>(
  all: readonly T[],
  work: (some: readonly T[]) => Promise<SeatResult[]>,
): Promise<SeatResult[]> {
  const results: SeatResult[] = [];
  for (let from = 0; from < all.length; from += CHUNK)
    results.push(...(await work(all.slice(from, from + CHUNK))));
  return results;
}

function change({ license, actor, now }: UndoScope, { patches, dependsOn }: SeatPlan): Promise<Changed> {
  return changeAssignments(license, patches, { source: ADMIN_SOURCE, actor, now, unkept: true, dependsOn });
}

/** The results of the seats that are still held, and of the named ones that were released before they were read. */
function inPlace(
  named: readonly string[],
  opened: readonly SeatOpened[],
  resultOf: (seat: SeatOpened) => SeatResult,
): SeatResult[] {
  const seats = new Map(opened.map((seat) => [seat.instance, seat]));
  return named.map((instance) => {
    const seat = seats.get(instance);
    return seat ? resultOf(seat) : { left: alreadyReleased("A seat") };
  });
}

function releaseResult(
  { instance, subject, aliases, allotment }: SeatOpened,
  made: Map<string, Change["row"]>,
  { live }: Changed,
): SeatResult {
  const row = made.get(instance);
  if (!row) return { left: alreadyReleased(subject) };
  const { version } = row;
  const restore = { instance, version, allotment, subject, aliases, live: live[allotment] ?? 0 };
  return { done: { instance, subject, allotment }, inverse: { restore } };
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

/** Whether a hashed seat took the name. */
function isNamed(changes: readonly Change[], answer: PatchResult | undefined): boolean {
  return changes.some(({ kind, row }) => kind === "name" && row.instance === answer?.row?.instance);
}
