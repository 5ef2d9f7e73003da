import type { Tool } from "./tools";

/** One fault, caused with real servers, and what has to hold while and after it. A file each, listed in scenarios.ts. */
export type Scenario = {
  name: string;
  /** Programs that it starts beside PostgreSQL from the npm registry; without one of them it is not run. */
  needs: Tool[];
  /** It mounts a file system of its own. */
  needsRoot?: boolean;
  run(stage: Stage): Promise<void>;
};

/** Where a scenario says what it saw and what has to be put away after it. */
export type Stage = {
  /** Notes whether a rule held; `seen` stands in the table when it did not. */
  check(rule: string, isKept: boolean, seen?: unknown): void;
  /** Runs when the scenario is over, the last first. */
  atEnd(clean: () => unknown): void;
};

export type Finding = { rule: string; isKept: boolean; seen?: unknown };

/** Runs a scenario and cleans up after it; what it throws is a broken rule too. */
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
    findings.push({ rule: "it ran to its end", isKept: false, seen: error });
  }
  for (const clean of cleanings.reverse())
    await Promise.resolve()
      .then(clean)
      .catch((error: unknown) => console.error(error));
  return findings;
}
