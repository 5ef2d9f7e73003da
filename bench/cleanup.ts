const steps: (() => Promise<unknown>)[] = [];

/** Notes how something that this run started is stopped. */
export function atEnd(step: () => Promise<unknown>): void {
  steps.push(step);
}

/** Stops everything in reverse order, whatever a single step says. */
export async function cleanUp(): Promise<void> {
  for (let step = steps.pop(); step; step = steps.pop()) await step().catch(() => {});
}
