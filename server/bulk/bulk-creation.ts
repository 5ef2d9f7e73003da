import type { Actor } from "@/server/access/actor";
import { type RunProgress, startRun } from "@/server/licenses/license-runs";
import { createLicenses } from "@/server/licenses/licenses";
import { judgeLicenseFile } from "./license-file";
import type { FileLicense } from "./row-judge";

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
