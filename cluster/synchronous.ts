import { setTimeout as pause } from "node:timers/promises";
import { brokenRules } from "@/e2e/store-check";
import type { Scenario, Stage } from "@/faults/scenario";
import { type Outage, outage, tableOf } from "./gaps";
import { keepsAll } from "./kept";
import { KILLS, type NextKill, strike } from "./kills";
import { type Load, startLoad } from "./load";
import { monthNow, openStand, PROGRAMS, type Stand } from "./stand";
import { passesSuite } from "./suite";

const LONGEST_GAP_MS = 30_000;
/** Undisturbed work before the first kill and after each. */
const QUIET_MS = 5000;

/** Each part dies in turn while products work; nothing acknowledged is lost, because a standby has it. */
export const synchronous: Scenario = {
  name: "synchronous standbys, each part killed in turn",
  needs: PROGRAMS,
  async run(stage) {
    const { check } = stage;
    const stand = await openStand(stage, { isSynchronous: true });
    const begun = monthNow();
    const load = startLoad(stand);
    await pause(QUIET_MS);
    const outages: Outage[] = [];
    for (const next of KILLS) outages.push(await killOne(stage, stand, load, next));
    await load.stop();
    console.log(tableOf(outages));
    await keepsAll(stage, stand, load, begun);
    await passesSuite(stage, stand);
    const broken = await brokenRules(stand.settings);
    check("signet check finds nothing", broken === "", broken);
  },
};

async function killOne({ check }: Stage, stand: Stand, load: Load, next: NextKill): Promise<Outage> {
  const kill = await next(stand);
  const from = performance.now();
  const { isReplaced, isBack } = await strike(kill);
  const wholeMs = performance.now() - from;
  await pause(QUIET_MS);
  const seen = outage(kill.name, load.attempts, { from, to: performance.now(), wholeMs });
  check(`${kill.name}: the rest serves without it`, isReplaced && seen.gapMs < LONGEST_GAP_MS, seen);
  check(`${kill.name}: it rejoins without help`, isBack);
  return seen;
}
