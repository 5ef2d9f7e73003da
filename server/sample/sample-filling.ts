import { Refusal } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { refuseSecondSample } from "@/server/licenses/customers";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { lockInstallation } from "@/server/store/locks";
import { log } from "@/server/store/log";
import { perProcess } from "@/server/store/per-process";
import { store } from "@/server/store/store";
import { fillSample } from "./fill";
import { CUSTOMERS } from "./plan";
import { removeSample } from "./sample-removal";

/** The generated part of the year of sample data, from 0 to 1, and its state. */
export type Filling = { share: number; state: "made" | "removed" | "failed" };

type Run = { filling: Filling; stop: AbortController; told: Promise<void> };

/** All callers share a removal that is under way: a second one could hit the next sample, whose numbers are the same. */
type State = { run: Run | null; removal: Promise<void> | null };

const state = () => perProcess("sample-filling", (): State => ({ run: null, removal: null }));

/** The sample data that is being generated or removed, or has stopped; null if there is none of these. */
export function sampleFilling(): Filling | null {
  return state().run?.filling ?? null;
}

/**
 * Starts to generate a year of sample data beside existing data, which continues in the background. Refuses an
 * installation that has sample data, a customer of the same name, or a run under way.
 */
export async function beginSample(actor: Actor, now: Date): Promise<void> {
  const { run: other, removal } = state();
  if (other || removal)
    throw new Refusal("CHANGED_MEANWHILE", "The sample data is already being generated or removed.");
  const run: Run = {
    filling: { share: 0, state: "made" },
    stop: new AbortController(),
    told: Promise.resolve(),
  };
  state().run = run;
  try {
    await store().db.$transaction(async (tx) => {
      await lockInstallation(tx);
      await refuseSecondSample(tx, CUSTOMERS);
      await recordEvents(tx, INSTALLATION, actor, now, [
        { action: "installation.sample-begun", object: INSTALLATION },
      ]);
    });
  } catch (error) {
    end(run);
    throw error;
  }
  run.told = fill(run, now);
}

/** Removes the sample data, or the part that exists: a run stops once its current day is generated. */
export function takeSampleBack(actor: Actor, now: Date): Promise<void> {
  const held = state();
  held.removal ??= takeBack(held.run, actor, now).finally(() => {
    held.run = null;
    held.removal = null;
  });
  return held.removal;
}

async function takeBack(run: Run | null, actor: Actor, now: Date): Promise<void> {
  if (run) {
    run.stop.abort();
    run.filling = { ...run.filling, state: "removed" };
    await run.told;
  }
  await removeSample(actor, now);
}

async function fill(run: Run, now: Date): Promise<void> {
  try {
    const progress = (share: number) => {
      run.filling = { ...run.filling, share };
    };
    await fillSample({ now, progress, stop: run.stop.signal });
    end(run);
  } catch (error) {
    if (run.stop.signal.aborted) return;
    log().error(
      { reason: error instanceof Error ? error.message : String(error) },
      "the sample data stopped",
    );
    run.filling = { ...run.filling, state: "failed" };
  }
}

/** Another run may have started since. */
function end(run: Run): void {
  if (state().run === run) state().run = null;
}
