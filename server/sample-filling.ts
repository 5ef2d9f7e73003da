import { Refusal } from "@/domain/refusal";
import { type Actor, recordDeeds } from "./audit";
import { INSTALLATION } from "./data-keys";
import { lockInstallation } from "./locks";
import { log } from "./log";
import { perProcess } from "./per-process";
import { fillSample } from "./sample/fill";
import { store } from "./store";

/** How much of the year of sample data is told, from 0 to 1, and whether that came to a halt. */
export type Filling = { share: number; hasFailed: boolean };

const state = () => perProcess("sample-filling", (): { filling: Filling | null } => ({ filling: null }));

/** The sample data that is being made now, or came to a halt; null when there is none. */
export function sampleFilling(): Filling | null {
  return state().filling;
}

/**
 * Begins to make a year of sample data, which goes on whoever looks at it. Refuses an installation that holds customers,
 * and one that is at it already.
 */
export async function beginSample(actor: Actor, now: Date): Promise<void> {
  if (state().filling) throw refused("The sample data is being made already.");
  state().filling = { share: 0, hasFailed: false };
  try {
    await store().db.$transaction(async (tx) => {
      await lockInstallation(tx);
      if ((await tx.customer.count()) > 0) throw refused("This installation holds customers already.");
      await recordDeeds(tx, INSTALLATION, actor, now, [
        { action: "installation.sample-begun", object: INSTALLATION },
      ]);
    });
  } catch (error) {
    state().filling = null;
    throw error;
  }
  void fill(now);
}

async function fill(now: Date): Promise<void> {
  try {
    await fillSample({
      now,
      progress: (share) => {
        state().filling = { share, hasFailed: false };
      },
    });
    state().filling = null;
  } catch (error) {
    log().error(
      { reason: error instanceof Error ? error.message : String(error) },
      "the sample came to a halt",
    );
    state().filling = { share: state().filling?.share ?? 0, hasFailed: true };
  }
}

function refused(why: string): Refusal {
  return new Refusal("CHANGED_MEANWHILE", `${why} Sample data is for an empty installation only.`);
}
