import type { PlanFate, PlanLine } from "@/domain/assignment-plan";
import type { Answer, Change, Patch } from "@/domain/assignments";
import { type Definition, nameKey } from "@/domain/definition";
import { notAssigned, seatAsked } from "@/domain/seat-sentences";
import { changeAssignments } from "./assignment-changes";
import { seatPlanner } from "./assignment-planning";
import { currentDefinition } from "./definitions";
import { type ImportLine, readImportLines } from "./import-lines";
import { openSeats, type SeatOpened } from "./open-seats";
import { ADMIN_SOURCE, assignPatch, convertPlan, type SeatPlan } from "./seat-patches";
import { MOST_UNDONE, type SeatInverse, sealInverses, type UndoScope } from "./undo-seal";

/** A line of a file with what would become of it. */
export type PlannedLine = ImportLine & PlanFate;

/** What became of lines, in their order. `undo` takes it all back; more than 1,000 stay done. */
export type Imported = { fates: ImportFate[]; undo?: string };
export type ImportFate = { outcome: "added" | "converted" | "already" } | { outcome: "refused"; why: string };

const BATCH = 1000;

/** Tells what a file of assignments would do, part by part as it is read; nothing is changed. */
export async function* planImport(
  license: string,
  file: AsyncIterable<Uint8Array>,
  otherwise: string,
  now: Date,
): AsyncGenerator<PlannedLine[]> {
  const { decide } = await seatPlanner(license, now);
  let batch: PlannedLine[] = [];
  for await (const line of readImportLines(file, otherwise)) {
    batch.push({ ...line, ...decide(line, line.row) });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/**
 * Gives the seats that lines ask for, in one transaction and as the license stands now: who holds another seat is
 * converted, and who holds the wanted one keeps it, so that lines may be sent twice.
 */
export async function importSeats(scope: UndoScope, lines: readonly PlanLine[]): Promise<Imported> {
  const steps = await stepsOf(scope, lines);
  const { license, actor, now } = scope;
  const { patches, ...hanging } = joined(steps.map(({ plan }) => plan));
  const changer = { source: ADMIN_SOURCE, actor, now, unkept: true, ...hanging };
  const changed = await changeAssignments(license, patches, changer);
  const definition = await currentDefinition(license, changed.license.definition_id);
  const answers = new Map(changed.answers.map((answer) => [answer.patch, answer]));
  const made = new Map(changed.changes.map(({ row }) => [row.instance, row]));
  const inverses: SeatInverse[] = [];
  const fates = steps.map((step): ImportFate => {
    const answer = answers.get(step.take);
    if (answer?.rejection) return refusedFate(step.line, answer, definition, now);
    const added = answer?.row && made.get(answer.row.instance);
    if (!added) return { outcome: "already" };
    made.delete(added.instance);
    const { instance, version } = added;
    const left = step.held && made.get(step.held.instance);
    inverses.push({ release: { instance, version }, ...restoring(step.held, left, changed.live) });
    return { outcome: left ? "converted" : "added" };
  });
  const canUndo = inverses.length > 0 && inverses.length <= MOST_UNDONE;
  return {
    fates,
    ...(canUndo
      ? {
          undo: sealInverses(
            inverses.map((seat) => ({ seat })),
            scope,
          ),
        }
      : {}),
  };
}

/** What one line sends: the patch that takes its seat, and the seat that the person gives up for it. */
type Step = { line: PlanLine; plan: SeatPlan; take: Patch; held?: SeatOpened };

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
  if (held) {
    const plan = convertPlan(scope, [held], line.allotment);
    const [take] = plan.patches;
    if (take) return { line, plan, take, held };
  }
  const take = assignPatch(scope, line);
  return { line, take, plan: { patches: [take], takesBack: new Map(), follows: new Map() } };
}

function joined(plans: SeatPlan[]): SeatPlan {
  return {
    patches: plans.flatMap(({ patches }) => patches),
    takesBack: new Map(),
    follows: new Map(plans.flatMap(({ follows }) => [...follows])),
  };
}

function restoring(
  held: SeatOpened | undefined,
  left: Change["row"] | undefined,
  live: Record<string, number>,
) {
  if (!held || !left) return {};
  const { instance, allotment, subject } = held;
  return { restore: { instance, version: left.version, allotment, subject, live: live[allotment] ?? 0 } };
}

function refusedFate(
  { subject, allotment }: PlanLine,
  { rejection }: Answer,
  definition: Definition,
  now: Date,
) {
  const why = rejection ? notAssigned(subject, rejection, seatAsked(definition, allotment, now)) : "";
  return { outcome: "refused" as const, why };
}
