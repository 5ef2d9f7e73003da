import type { Actor } from "@/server/access/actor";
import {
  type JudgedRow,
  type PlannedRow,
  planRun,
  type RunPlan,
  type RunProgress,
  startRun,
} from "@/server/licenses/license-runs";
import { createLicenses } from "@/server/licenses/licenses";
import { judgeLicenseFile } from "./license-file";
import type { FileLicense } from "./row-judge";

/** A row whose license is there or would be created, with its number. */
type PlannedLicense = Omit<PlannedRow, "outcome"> & { outcome: "create" | "already" };

/** Previews a creation: nothing is changed. Says which number each license has. */
export async function planBulkCreation(
  file: AsyncIterable<Uint8Array>,
  usualProduct: string,
  now: Date,
): Promise<RunPlan & { licenses: PlannedLicense[] }> {
  const licenses: PlannedLicense[] = [];
  const plan = await planRun(noted(judgeLicenseFile(file, usualProduct, now), licenses));
  return { ...plan, licenses };
}

/** The same rows, whose licenses are noted on the way. */
async function* noted(
  parts: AsyncIterable<JudgedRow<FileLicense>[]>,
  licenses: PlannedLicense[],
): AsyncGenerator<JudgedRow<FileLicense>[]> {
  for await (const part of parts) {
    for (const { license: _, outcome, ...row } of part)
      if (outcome !== "refused") licenses.push({ ...row, outcome });
    yield part;
  }
}

/** Starts to create the licenses of a list that don't exist yet. */
export function startBulkCreation(
  file: AsyncIterable<Uint8Array>,
  usualProduct: string,
  actor: Actor,
  clock: () => Date,
): Promise<{ progress: RunProgress; ended: Promise<void> }> {
  return startRun({ rows: judgeLicenseFile(file, usualProduct, clock()), create }, actor, clock);
}

function create(some: readonly FileLicense[], actor: Actor, now: Date): Promise<void> {
  const wanted = some.map(({ number, customer, products, definition, notes }) => ({
    ...definition,
    ...{ number, customer, notes },
    ...(products.length > 0 ? { products } : {}),
  }));
  return createLicenses(wanted, actor, now, async () => {});
}
