import { Refusal } from "@/domain/refusal";
import { type Actor, recordDeeds } from "./audit";
import { refuseCustomersThere } from "./customers";
import { INSTALLATION } from "./data-keys";
import { lockInstallation } from "./locks";
import { log } from "./log";
import { perProcess } from "./per-process";
import { fillSample } from "./sample/fill";
import { removeSample } from "./sample-removal";
import { store } from "./store";

/** How much of the year of sample data is told, from 0 to 1, and what is becoming of it. */
export type Filling = { share: number; state: "made" | "removed" | "failed" };

type Run = { filling: Filling; stop: AbortController; told: Promise<void> };

const state = () => perProcess("sample-filling", (): { run: Run | null } => ({ run: null }));

/** The sample data that is being made or removed again, or came to a halt; null when there is none of these. */
export function sampleFilling(): Filling | null {
  return state().run?.filling ?? null;
}

/**
 * Begins to make a year of sample data, which goes on whoever looks at it. Refuses an installation that holds customers,
 * and one that is at it already.
 */
export async function beginSample(actor: Actor, now: Date): Promise<void> {
  if (state().run) throw new Refusal("CHANGED_MEANWHILE", "The sample data is being made already.");
  const run: Run = {
    filling: { share: 0, state: "made" },
    stop: new AbortController(),
    told: Promise.resolve(),
  };
  state().run = run;
  try {
    await store().db.$transaction(async (tx) => {
      await lockInstallation(tx);
      await refuseCustomersThere(tx);
      await recordDeeds(tx, INSTALLATION, actor, now, [
        { action: "installation.sample-begun", object: INSTALLATION },
      ]);
    });
  } catch (error) {
    state().run = null;
    throw error;
  }
  run.told = fill(run, now);
}

/** Removes the sample data, or what there is of it: one that is being made stops once the day is told that it is at. */
export async function takeSampleBack(actor: Actor, now: Date): Promise<void> {
  const { run } = state();
  try {
    if (run) {
      run.stop.abort();
      run.filling = { ...run.filling, state: "removed" };
      await run.told;
    }
    await removeSample(actor, now);
  } finally {
    state().run = null;
  }
}

async function fill(run: Run, now: Date): Promise<void> {
  try {
    const progress = (share: number) => {
      run.filling = { ...run.filling, share };
    };
    await fillSample({ now, progress, stop: run.stop.signal });
    if (state().run === run) state().run = null;
  } catch (error) {
    if (run.stop.signal.aborted) return;
    log().error(
      { reason: error instanceof Error ? error.message : String(error) },
      "the sample came to a halt",
    );
    run.filling = { ...run.filling, state: "failed" };
  }
}
