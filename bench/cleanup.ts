const steps: (() => Promise<unknown>)[] = [];

/** Registers how to stop something that this run started. */
export function atEnd(step: () => Promise<unknown>): void {
  steps.push(step);
}

/** Stops everything in reverse order, even if a step fails. */
export async function cleanUp(): Promise<void> {
  for (let step = steps.pop(); step; step = steps.pop()) await step().catch(() => {});
}
