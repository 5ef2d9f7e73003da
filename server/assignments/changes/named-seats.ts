import type { Patch, PatchContext, PatchResult, PatchResults, Seats } from "@/domain/assignments/assignment";
import { applyMoves, type Move } from "@/domain/assignments/assignment-moves";
import { applyPatches } from "@/domain/assignments/assignments";
import {
  type NamedMove,
  type NamedSeat,
  type PlannedMove,
  planMoves,
  releasesOf,
} from "@/domain/assignments/named-seats";
import type { RejectionCode } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { changeAssignments, changeByHand } from "@/server/assignments/log/assignment-changes";
import { store } from "@/server/store/store";
import { ADMIN_SOURCE, assignPatch, releasePatch } from "./seat-patches";

type Scope = { license: string; actor: Actor; now: Date };

/** What became of one named seat. `HELD` has been the user's before, `SEVERAL` needs the type of the seat to move. */
export type NamedSeatResult =
  | "ADDED"
  | "HELD"
  | "RELEASED"
  | "MOVED"
  | "STAYS"
  | "NOT_FOUND"
  | "SEVERAL"
  | { rejection: RejectionCode };

/** Seats per transaction: more would keep the license's lock from others for too long. */
const CHUNK = 2500;

/** Assigns named seats, in any allotments; a result for each, in their order. */
export function addNamedSeats(scope: Scope, named: readonly NamedSeat[]): Promise<NamedSeatResult[]> {
  return inChunks(named, async (some) => {
    const patches = some.map((seat) => takePatch(scope, seat));
    const { answers, changes } = await changeAssignments(scope.license, patches, changerOf(scope));
    const added = new Set(changes.flatMap(({ kind, row }) => (kind === "add" ? [row.instance] : [])));
    return answers.map(({ row, rejection }): NamedSeatResult => {
      if (rejection) return { rejection };
      return row && added.delete(row.instance) ? "ADDED" : "HELD";
    });
  });
}

/** Releases named seats, which are found under the license's lock; a result for each, in their order. */
export function releaseNamedSeats(scope: Scope, named: readonly NamedSeat[]): Promise<NamedSeatResult[]> {
  return inChunks(named, async (some) => {
    const decide = (seats: Seats, how: PatchContext) =>
      applyPatches(seats, releasesOf(seats, some, how), how);
    const wanted = some.map((seat) => takePatch(scope, seat));
    const { answers, changes } = await changeByHand(scope.license, wanted, changerOf(scope), decide);
    const released = new Set(changes.map(({ row }) => row.instance));
    return answers.map(({ row }) => (row && released.delete(row.instance) ? "RELEASED" : "NOT_FOUND"));
  });
}

/** Moves named seats to other users or allotments, by the end state that the moves lead to; a result for each. */
export async function moveNamedSeats(scope: Scope, named: readonly NamedMove[]): Promise<NamedSeatResult[]> {
  const where = { licenseNumber: scope.license };
  const allotments = await store().db.allotment.findMany({ where, select: { name: true } });
  const names = allotments.map(({ name }) => name);
  return inChunks(named, async (some) => {
    let planned: { plan: PlannedMove; move: Move }[] = [];
    const decide = (seats: Seats, how: PatchContext): PatchResults => {
      planned = planMoves(seats, some, how).map((plan) => ({ plan, move: moveOf(scope, plan) }));
      return applyMoves(
        seats,
        planned.flatMap(({ move }) => (move.take ? [move] : [])),
        how,
      );
    };
    const wanted = some.flatMap((move) => lookups(scope, move, names));
    const { answers } = await changeByHand(scope.license, wanted, changerOf(scope), decide);
    const results = new Map(answers.map((answer) => [answer.patch, answer]));
    return planned.map(({ plan, move }) => moveResult(plan, move.take && results.get(move.take)));
  });
}

function moveResult(plan: PlannedMove, taken: PatchResult | undefined): NamedSeatResult {
  if (typeof plan === "string") return plan;
  if (taken?.rejection) return { rejection: taken.rejection };
  return plan.isSameUser ? "MOVED" : "ADDED";
}

function moveOf(scope: Scope, plan: PlannedMove): Move {
  if (typeof plan === "string") return {};
  const { from, to, isSameUser } = plan;
  const { lastUsed } = from;
  return {
    take: assignPatch(scope, isSameUser ? { ...to, lastUsed } : to),
    leave: releasePatch(scope, from),
  };
}

/** Patches that are never applied: they name the rows to load, those that a move may leave and the one that it takes. */
function lookups(
  scope: Scope,
  { subject, type, sourceSubject = subject, sourceType }: NamedMove,
  names: string[],
) {
  const left = sourceType === undefined ? names : [sourceType];
  return [
    ...left.map((allotment) => takePatch(scope, { subject: sourceSubject, allotment })),
    ...(type === undefined ? left : [type]).map((allotment) => takePatch(scope, { subject, allotment })),
  ];
}

/** Its values may be of any type: the rules check them. */
function takePatch(scope: Scope, { subject, allotment }: NamedSeat): Patch {
  return assignPatch(scope, { subject: subject as string, allotment: allotment as string });
}

function changerOf({ actor, now }: Scope) {
  return { source: ADMIN_SOURCE, actor, now, unkept: true };
}

async function inChunks<T>(
  all: readonly T[],
  work: (some: readonly T[]) => Promise<NamedSeatResult[]>,
): Promise<NamedSeatResult[]> {
  const results: NamedSeatResult[] = [];
  for (let from = 0; from < all.length; from += CHUNK)
    results.push(...(await work(all.slice(from, from + CHUNK))));
  return results;
}
