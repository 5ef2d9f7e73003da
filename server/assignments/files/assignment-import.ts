import type { Change, Patch } from "@/domain/assignments/assignment";
import type { Move } from "@/domain/assignments/assignment-moves";
import type { PlanLine, PlannedResult } from "@/domain/assignments/assignment-plan";
import type { ImportFormat } from "@/domain/assignments/import-columns";
import { movedRows } from "@/domain/assignments/moved-seats";
import { notAssigned, type SeatAsked, seatAsked } from "@/domain/assignments/seat-sentences";
import { nameKey } from "@/domain/licenses/definition";
import type { RejectionCode } from "@/domain/refusals/refusal";
import { seatPlanner } from "@/server/assignments/changes/assignment-planning";
import { ADMIN_SOURCE, assignPatch, releasePatch } from "@/server/assignments/changes/seat-patches";
import { openSeats, type SeatOpened } from "@/server/assignments/lists/open-seats";
import { moveAssignments } from "@/server/assignments/log/assignment-changes";
import {
  issueUndoToken,
  MOST_UNDONE,
  type SeatInverse,
  type UndoScope,
} from "@/server/assignments/undo/undo-token";
import { currentDefinition } from "@/server/licenses/definitions";
import { type ImportLine, readImportLines } from "./import-lines";

/** A line of a file with its planned result. */
export type PlannedLine = ImportLine & PlannedResult;
export type PlanChunk = { lines: PlannedLine[] } | { revised: { row: number; fate: PlannedResult }[] };

/** The results of lines, in order. `undo` undoes all of them; more than 1,000 can't be undone. */
export type Imported = { fates: ImportResult[]; undo?: string };
export type ImportResult =
  | { outcome: "added" | "converted" | "already" }
  | { outcome: "refused"; code: RejectionCode; why: string };

const BATCH = 1000;

/**
 * Plans a file of assignments, part by part as it is read, and at the end yields the results that changed because
 * later lines freed seats; nothing is changed.
 */
export async function* planImport(
  license: string,
  file: AsyncIterable<Uint8Array>,
  format: ImportFormat,
  now: Date,
): AsyncGenerator<PlanChunk> {
  const { decide, revised } = await seatPlanner(license, now);
  let lines: PlannedLine[] = [];
  for await (const line of readImportLines(file, format)) {
    lines.push({ ...line, ...decide(line, line.row) });
    if (lines.length < BATCH) continue;
    yield { lines };
    lines = [];
  }
  yield { lines };
  yield* inChunks([...revised()].map(([row, fate]) => ({ row, fate })));
}

function* inChunks(revised: { row: number; fate: PlannedResult }[]): Generator<PlanChunk> {
  for (let from = 0; from < revised.length; from += BATCH)
    yield { revised: revised.slice(from, from + BATCH) };
}

/**
 * Assigns the seats of lines, in one transaction and on the current state: a user with another seat is converted, and
 * a user with the wanted one keeps it, so that lines may be sent twice. The end state counts, as in the plan: lines
 * that only work together must be sent together.
 */
export async function importSeats(scope: UndoScope, lines: readonly PlanLine[]): Promise<Imported> {
  const steps = await stepsOf(scope, lines);
  const { license, actor, now } = scope;
  const moves = steps.map(({ move }) => move);
  const changed = await moveAssignments(license, moves, { source: ADMIN_SOURCE, actor, now, unkept: true });
  const definition = await currentDefinition(license, changed.license.definition_id);
  const answers = new Map(changed.answers.map((answer) => [answer.patch, answer]));
  const made = movedRows(changed.changes);
  const inverses: SeatInverse[] = [];
  const fates = steps.map(({ line, move, held }): ImportResult => {
    const answer = answers.get(move.take);
    if (answer?.rejection) {
      const asked = seatAsked(definition, line.allotment, now, changed.reserved);
      return refusedResult(line, answer.rejection, asked);
    }
    const added = answer?.row && made.get(answer.row.instance);
    if (!added) return { outcome: "already" };
    made.delete(added.instance);
    const { instance, version } = added;
    const left = held && made.get(held.instance);
    inverses.push({ release: { instance, version }, ...restoring(held, left, changed.live) });
    return { outcome: left ? "converted" : "added" };
  });
  if (inverses.length === 0 || inverses.length > MOST_UNDONE) return { fates };
  const seats = inverses.map((seat) => ({ seat }));
  return { fates, undo: issueUndoToken(seats, scope) };
}

/** The patch of one line, and the seat that the user gives up for it. */
type Step = { line: PlanLine; move: Move & { take: Patch }; held?: SeatOpened };

async function stepsOf(scope: UndoScope, lines: readonly PlanLine[]): Promise<Step[]> {
  const subjects = lines.map(({ subject }) => subject);
  const { heldBy } = await seatPlanner(scope.license, scope.now, subjects);
  const seats = lines.map(({ subject, allotment }) => {
    const held = heldBy(subject);
    return held.some((seat) => seat.allotment === nameKey(allotment)) ? undefined : held[0]?.instance;
  });
  const opened = await openSeats(
    scope.license,
    seats.flatMap((instance) => instance ?? []),
  );
  const byInstance = new Map(opened.map((seat) => [seat.instance, seat]));
  return lines.map((line, at) => stepOf(scope, line, byInstance.get(seats[at] ?? "")));
}

function stepOf(scope: UndoScope, line: PlanLine, held: SeatOpened | undefined): Step {
  const { allotment } = line;
  const take = assignPatch(scope, held ? { ...held, allotment } : line);
  return { line, held, move: { take, leave: held && releasePatch(scope, held) } };
}

function restoring(
  held: SeatOpened | undefined,
  left: Change["row"] | undefined,
  live: Record<string, number>,
) {
  if (!held || !left) return {};
  const { instance, allotment, subject, aliases } = held;
  const { version } = left;
  return { restore: { instance, version, allotment, subject, aliases, live: live[allotment] ?? 0 } };
}

function refusedResult({ subject }: PlanLine, code: RejectionCode, asked: SeatAsked): ImportResult {
  return { outcome: "refused", code, why: notAssigned(subject, code, asked) };
}
