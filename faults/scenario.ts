import type { Tool } from "./tools";

/**
 * One fault, caused with real servers, and the rules that must hold during and after it. A file each, listed in
 * scenarios.ts.
 */
export type Scenario = {
  name: string;
  /** Programs that it starts beside PostgreSQL from the npm registry; without one of them it is skipped. */
  needs: Tool[];
  /** Whether it mounts a file system of its own. */
  needsRoot?: boolean;
  run(stage: Stage): Promise<void>;
};

/** A scenario's results and its cleanup. */
export type Stage = {
  /** Records whether a rule held; `seen` is shown in the table if it didn't. */
  check(rule: string, isKept: boolean, seen?: unknown): void;
  /** Runs when the scenario ends, in reverse order. */
  atEnd(clean: () => unknown): void;
};

export type Finding = { rule: string; isKept: boolean; seen?: unknown };

/** Runs a scenario and cleans up after it; an error that it throws is a broken rule too. */
export async function play({ run }: Scenario): Promise<Finding[]> {
  const findings: Finding[] = [];
  const cleanings: (() => unknown)[] = [];
  const stage: Stage = {
    check: (rule, isKept, seen) => void findings.push({ rule, isKept, seen }),
    atEnd: (clean) => void cleanings.push(clean),
  };
  try {
    await run(stage);
  } catch (error) {
    findings.push({ rule: "the scenario ran to its end", isKept: false, seen: error });
  }
  for (const clean of cleanings.reverse())
    await Promise.resolve()
      .then(clean)
      .catch((error: unknown) => console.error(error));
  return findings;
}

/** A finding as a line of the table that a run prints. */
export function lineOf({ rule, isKept, seen }: Finding): string {
  if (isKept) return `           ✓ ${rule}`;
  const told = seen instanceof Error ? seen.stack : JSON.stringify(seen);
  return `           ✗ ${rule}${told === undefined ? "" : `: ${told}`}`;
}
