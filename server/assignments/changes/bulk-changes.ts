import type { PatchResult } from "@/domain/assignments/assignment";
import { nameKey } from "@/domain/licenses/definition";
import { refusalSentence } from "@/domain/refusals/all-refusals";
import type { RejectionCode } from "@/domain/refusals/refusal";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import type { UndoScope } from "@/server/assignments/undo/undo-token";
import { assignEach, CHUNK, convertEach } from "./seat-changes";
import { ADMIN_SOURCE, releasePatch } from "./seat-patches";
import type { SeatResult } from "./seat-results";

/**
 * The result of one item of a bulk request: the seat that the user has now, and whether the item made it; or a
 * refusal. A released seat has neither subject nor allotment.
 */
export type BulkItem = {
  isNew: boolean;
  instance?: string;
  subject?: string;
  allotment?: string;
  refusal?: { code: RejectionCode | "NOT_FOUND"; sentence: string };
};

type Wanted = { subject: string; allotment: string };

/** Assigns seats of any allotments; a result for each item, in its position. Sent twice it assigns nobody twice. */
export async function bulkAssign(scope: UndoScope, wanted: readonly Wanted[]): Promise<BulkItem[]> {
  const results: BulkItem[] = [];
  for (const places of grouped(wanted)) {
    const some = places.flatMap((place) => wanted[place] ?? []);
    const subjects = some.map(({ subject }) => subject);
    const each = await assignEach(scope, subjects, some[0]?.allotment ?? "");
    for (const [at, place] of places.entries()) results[place] = { ...some[at], ...itemOf(each[at]) };
  }
  return results;
}

/** Releases seats; a result for each instance, in its position. Releasing one twice is safe. */
export async function bulkRelease(
  { license, actor, now }: UndoScope,
  instances: readonly string[],
): Promise<BulkItem[]> {
  const patches = instances.map((instance) => releasePatch({ license, now }, { instance }));
  const results: BulkItem[] = [];
  for (let from = 0; from < patches.length; from += CHUNK) {
    const changer = { source: ADMIN_SOURCE, actor, now, unkept: true };
    const { answers } = await changeAssignments(license, patches.slice(from, from + CHUNK), changer);
    results.push(...answers.map(releasedItem));
  }
  return results;
}

/** Moves users to another allotment; a result for each instance, in its position. Nobody is moved twice. */
export async function bulkConvert(
  scope: UndoScope,
  instances: readonly string[],
  allotment: string,
): Promise<BulkItem[]> {
  const distinct = [...new Set(instances)];
  const results = await convertEach(scope, distinct, allotment);
  const items = new Map(distinct.map((instance, at) => [instance, itemOf(results[at])]));
  return instances.flatMap((instance) => items.get(instance) ?? []);
}

/** The positions of the items of each allotment. */
function grouped(wanted: readonly Wanted[]): Iterable<number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { allotment }] of wanted.entries()) {
    const known = places.get(nameKey(allotment)) ?? [];
    places.set(nameKey(allotment), known);
    known.push(place);
  }
  return places.values();
}

function itemOf(result: SeatResult | undefined): BulkItem {
  if (result?.done) return { isNew: true, ...result.done };
  const { code, subject, sentence, instance } = result?.left ?? gone;
  if (code === "ALREADY_ASSIGNED") return { isNew: false, instance, subject };
  if (code === "ALREADY_RELEASED") return refused("NOT_FOUND", refusalSentence("NOT_FOUND"));
  return { ...refused(code, sentence), subject };
}

function releasedItem({ row, rejection, patch: { instance } }: PatchResult): BulkItem {
  if (rejection) return { ...refused(rejection, refusalSentence(rejection)), instance };
  return row ? { isNew: false, instance } : refused("NOT_FOUND", refusalSentence("NOT_FOUND"));
}

const gone = { code: "ALREADY_RELEASED", subject: "", sentence: "", instance: undefined } as const;

function refused(code: RejectionCode | "NOT_FOUND", sentence: string): BulkItem {
  return { isNew: false, refusal: { code, sentence } };
}
