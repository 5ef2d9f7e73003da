import { setTimeout as pause } from "node:timers/promises";
import { type Line, plain } from "@/bench/results";
import { bindAll } from "@/bench/stores";
import { startMix } from "./mix";
import { openOffice } from "./office";
import { startOffline } from "./offline";
import { startPeople } from "./people";
import { grownLines, startSampling, tableSizes } from "./samples";
import { compareStand, openStand } from "./stand";
import { newTimes } from "./times";

export type HourWish = { minutes: number; rate: number };

const SIZE = { licenses: 66, seats: 10_000 };
/** By then caches are full and code is compiled; a shorter run waits for a part of its time. */
const SETTLED_MIN = 5;
const TABLES_SHOWN = 6;

/** An hour of everything that an installation does, with an agent beside it: nothing but acknowledged data may grow. */
export async function hour({ minutes, rate }: HourWish): Promise<Line[]> {
  const stand = await openStand(SIZE);
  const [office, offline] = stand.sites.splice(0, 2);
  if (!office || !offline) throw new Error("There are too few licenses.");
  await bindAll(stand.settings);
  const times = newTimes();
  const beside = await openOffice(stand.server().door, office.key);
  const logs = await startOffline(stand, offline);
  const people = await startPeople(stand);
  const work = [...startMix(stand, rate, times), ...people, logs.uploads, beside.work];
  const samples = startSampling(stand, beside);
  const settled = Math.min(SETTLED_MIN, minutes / 6);
  const failed = Promise.race(work.map(({ ended }) => ended));
  await Promise.race([pause(settled * 60_000), failed]);
  const before = await tableSizes(stand);
  await Promise.race([pause((minutes - settled) * 60_000), failed]);
  const after = await tableSizes(stand);
  await samples.stop();
  for (const each of work) await each.stop();
  await beside.close();
  await stand.stop();
  const others = {
    consumed: beside.held.charged + logs.held.minutes,
    live: beside.held.seats.size + logs.held.seats,
  };
  await compareStand(stand, others);
  return [
    plain(`Calls of products in ${minutes} min`, times.count(), 0),
    plain("  p99 from the planned moment: ms", times.at(99), 1),
    plain("  refused with Retry-After, and repeated", stand.target.refused, 0),
    plain("  without a response, and repeated", stand.target.unanswered, 0),
    ...grownLines(samples.between(settled, 2 * settled), samples.between(minutes - settled, minutes)),
    ...databaseLines(before, after),
  ];
}

/** The database grows by what is acknowledged: so only where is said. */
function databaseLines(before: Map<string, number>, after: Map<string, number>): Line[] {
  const sum = (sizes: Map<string, number>) => [...sizes.values()].reduce((total, mb) => total + mb, 0);
  const grown = [...after]
    .map(([name, mb]) => ({ name, mb, more: mb - (before.get(name) ?? 0) }))
    .sort((a, b) => b.more - a.more)
    .slice(0, TABLES_SHOWN);
  const shown = (was: number, is: number) => `${was.toFixed(1)} → ${is.toFixed(1)}`;
  return [
    { what: "Tables of the database: MB", value: shown(sum(before), sum(after)) },
    ...grown.map(({ name, mb, more }) => ({ what: `  ${name}`, value: shown(mb - more, mb) })),
  ];
}
