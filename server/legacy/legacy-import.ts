import type { LegacyLicense } from "@/domain/legacy/legacy-rows";
import type { Actor } from "@/server/access/actor";
import { planRun, type RunPlan, type RunProgress, startRun } from "@/server/licenses/license-runs";
import { createLicenses } from "@/server/licenses/licenses";
import { addControls } from "./control-numbers";
import { judgeLegacyFile } from "./legacy-file";

/** Previews an import: nothing is changed. Refuses a file that can't be read. */
export function planLegacyImport(file: AsyncIterable<Uint8Array>): Promise<RunPlan> {
  return planRun(judgeLegacyFile(file));
}

/** Starts to create the missing licenses of a list, each with its control number. */
export function startLegacyImport(
  file: AsyncIterable<Uint8Array>,
  actor: Actor,
  clock: () => Date,
): Promise<{ progress: RunProgress; ended: Promise<void> }> {
  return startRun({ rows: judgeLegacyFile(file), create }, actor, clock);
}

function create(some: readonly LegacyLicense[], actor: Actor, now: Date): Promise<void> {
  const wanted = some.map(({ number, customer, definition }) => ({
    ...definition,
    ...{ number, customer, events: [{ action: "control.imported" as const, object: number }] },
  }));
  return createLicenses(wanted, actor, now, async (tx, written) => {
    const controls = some.flatMap(({ number: license, control }) => {
      const keys = written.get(license)?.keys;
      return keys ? [{ license, control, keys }] : [];
    });
    await addControls(tx, controls, actor, now);
  });
}
