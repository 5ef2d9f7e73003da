import { count } from "@/components/text/numbers";
import type { BadgeState } from "@/components/ui/state-badge";
import type { PlannedResult, PlanResult } from "@/domain/assignments/assignment-plan";

const LABELS: Record<Exclude<PlanResult, "convert" | "same-row">, { words: string; state: BadgeState }> = {
  add: { words: "New", state: "within" },
  already: { words: "Has this seat already", state: "offline" },
  "no-units": { words: "No seat left", state: "exceeded" },
  "bad-subject": { words: "Not a valid user name", state: "rejected" },
  "unknown-allotment": { words: "Unknown allotment", state: "rejected" },
  "not-assignable": { words: "Counts minutes, not users", state: "rejected" },
  "not-valid": { words: "License not valid", state: "expired" },
};

/** What assigning would do with a line, in a few words. */
export function lineLabel(line: PlannedResult, converts: boolean): string {
  if (line.outcome === "convert")
    return converts ? `Has ${line.from}, converts` : `Has ${line.from}, gets a second seat`;
  return line.outcome === "same-row" ? `Repeats line ${count(line.at + 1)}` : LABELS[line.outcome].words;
}

export function lineState(line: PlannedResult, converts: boolean): BadgeState {
  if (line.outcome === "convert") return converts ? "within" : "near";
  return line.outcome === "same-row" ? "offline" : LABELS[line.outcome].state;
}

/** How many lines would get a seat: `3 of 5 fit: 2 new, 1 with another seat, 1 repeated, 1 without a free seat.` */
export function fitLabel({ lines, fit }: { lines: readonly PlannedResult[]; fit: number }): string {
  const parts = PARTS.flatMap(({ of, words }) => {
    const found = lines.filter(({ outcome }) => of.includes(outcome)).length;
    return found > 0 ? [`${count(found)} ${words}`] : [];
  });
  return `${count(fit)} of ${count(lines.length)} fit: ${parts.join(", ")}.`;
}

const PARTS: { of: readonly PlanResult[]; words: string }[] = [
  { of: ["add"], words: "new" },
  { of: ["convert"], words: "with another seat" },
  { of: ["already"], words: "assigned already" },
  { of: ["same-row"], words: "repeated" },
  { of: ["no-units"], words: "without a free seat" },
  { of: ["bad-subject", "unknown-allotment", "not-assignable", "not-valid"], words: "not possible" },
];
