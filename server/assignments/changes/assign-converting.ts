import type { PlannedResult } from "@/domain/assignments/assignment-plan";
import { type ImportResult, importSeats } from "@/server/assignments/files/assignment-import";
import type { UndoScope } from "@/server/assignments/undo/undo-token";
import { previewAssign } from "./assign-preview";
import { alreadyAssigned, type SkippedSeat, sameUser } from "./seat-results";

/** The result of an assignment that converts; `undo` undoes all of it. */
export type AssignedConverting = {
  done: { subject: string }[];
  left: SkippedSeat[];
  /** How many of `done` had a seat of another allotment, which they gave up. */
  converted: number;
  undo?: string;
};

/**
 * Assigns seats of an allotment to subjects, in one transaction; a user with a seat of another one is converted, and a
 * user who is listed twice gets one seat.
 */
export async function assignConverting(
  scope: UndoScope,
  subjects: readonly string[],
  allotment: string,
): Promise<AssignedConverting> {
  const { lines } = await previewAssign(scope.license, subjects, allotment, scope.now);
  const first = subjects.filter((_, at) => lines[at]?.outcome !== "same-row");
  const { fates, undo } = await importSeats(
    scope,
    first.map((subject) => ({ subject, allotment })),
  );
  const results = first.map((subject, at) => ({ subject, fate: fates[at] }));
  return {
    done: results.flatMap(({ fate, subject }) => (isTaken(fate) ? { subject } : [])),
    left: [
      ...results.flatMap(({ fate, subject }) => skipped(subject, allotment, fate)),
      ...lines.flatMap((line, at) => repeated(subjects, line, at)),
    ],
    converted: fates.filter(({ outcome }) => outcome === "converted").length,
    undo,
  };
}

function isTaken(fate: ImportResult | undefined): boolean {
  return fate?.outcome === "added" || fate?.outcome === "converted";
}

function skipped(subject: string, allotment: string, fate: ImportResult | undefined): SkippedSeat[] {
  if (fate?.outcome === "already") return [alreadyAssigned(subject, allotment)];
  return fate?.outcome === "refused" ? [{ subject, code: fate.code, sentence: fate.why }] : [];
}

function repeated(subjects: readonly string[], line: PlannedResult, at: number): SkippedSeat[] {
  return line.outcome === "same-row" ? [sameUser(subjects[at] ?? "", subjects[line.at] ?? "")] : [];
}
