import { type PlannedResult, TAKEN } from "@/domain/assignments/assignment-plan";
import { type FreeSeats, seatPlanner } from "./assignment-planning";

/** What assigning would do: a result for each subject in its position, how many fit, and the seats that are free now. */
export type AssignPreview = { lines: PlannedResult[]; fit: number; free: FreeSeats[] };

/** Previews the assignment of seats of one allotment; nothing is changed, and units may be taken before it is. */
export async function previewAssign(
  license: string,
  subjects: readonly string[],
  allotment: string,
  now: Date,
): Promise<AssignPreview> {
  const { decide, free } = await seatPlanner(license, now, subjects);
  const lines = subjects.map((subject, at) => decide({ subject, allotment }, at));
  const fit = lines.filter(({ outcome }) => TAKEN.includes(outcome)).length;
  return { lines, fit, free };
}
