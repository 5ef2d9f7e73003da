import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Definition } from "@/domain/licenses/definition";
import { type Month, monthOf } from "@/domain/month";
import { memoryFolder } from "@/scripts/memory-folder";
import { type MonthUsage, monthUsage } from "@/server/consumption/usage";
import { type Random, seeded } from "@/server/sample/random";
import { type Backend, openBackend } from "./backend";
import { type Scene, scheduleBackendFaults, scheduleMachineFaults } from "./faults";
import { openLink } from "./link";
import { endFaults, enterKey, type Ground, type Machine, makeMachine } from "./machine";
import { type Around, settleIn } from "./people";
import { count, noteRejections, openRunRecord, type RunRecord } from "./record";
import { type SeatUse, watchSeats } from "./seat-use";
import { sourceOf } from "./source";
import { openTimeline, type Timeline } from "./timeline";
import { type Finding, readBooks, verdict } from "./verdict";

export type Wish = {
  deployments: number;
  hours: number;
  seed: number;
  /** The number of people at each deployment. */
  people: number;
  definition: Definition;
  /** The settings of a prepared store without the fleet's license. */
  store: Record<string, string>;
  /** Without faults: people only come and go. */
  calm: boolean;
};

export type RunResult = {
  ledger: RunRecord;
  findings: Finding[];
  usage: MonthUsage[];
  seats: SeatUse[];
  booked: number;
  forgone: number;
  requests: { all: number; busiestMinute: number };
};

/** At noon of the last day of a month: every run of half a day or more crosses a change of month. */
const BEGIN = Date.parse("2026-03-31T12:00:00Z");
const SEATS_GIVEN = { autoAssignProfessional: true, autoAssignAnalyzer: true };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BEGIN_WITHIN = 30 * MINUTE;

/** Simulates the hours with a fleet of agents, lets it come to rest, and compares it with the server. */
export async function simulate(wish: Wish): Promise<RunResult> {
  const timeline = openTimeline(BEGIN);
  const folder = mkdtempSync(join(memoryFolder() ?? tmpdir(), "fleet-"));
  const backend = await openBackend(wish.store, wish.definition, SEATS_GIVEN, () => new Date(timeline.now()));
  const traffic = watchTraffic(timeline);
  const ground: Ground = {
    timeline,
    connect: (deliveryOf) => openLink(backend.port, deliveryOf),
    folder,
    requested: traffic.requested,
    weather: "clear",
  };
  const random = seeded(wish.seed);
  const record = openRunRecord();
  const machines = newMachines(wish, ground, random);
  const around = aroundOf(wish, timeline, record);
  const scene = sceneOf(wish, { timeline, ground, ledger: record, machines, random, backend, around });
  const seats = watchSeats(timeline, backend.license, wish.definition);
  try {
    for (const [index, machine] of machines.entries()) begin(scene, wish, around, backend, machine, index);
    if (!wish.calm) scheduleBackendFaults(scene);
    await timeline.play(around.until);
    await comeToRest(scene);
    const now = new Date(timeline.now());
    const books = await readBooks(backend.license, monthsUntil(now), now);
    const usage = await Promise.all(books.months.map((month) => monthUsage(backend.license, month, now)));
    const findings = await verdict(books, record, machines);
    return {
      ...{ ledger: record, findings, usage, seats: seats() },
      ...sums(books.minutes, machines),
      requests: traffic.seen(),
    };
  } finally {
    for (const machine of machines) await machine.stop();
    await backend.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function newMachines({ deployments, people, seed }: Wish, ground: Ground, random: Random): Machine[] {
  return Array.from({ length: deployments }, (_, index) => {
    const name = `site-${index + 1}`;
    const staff = Array.from({ length: people }, (_, nth) => `${name}\\user-${nth + 1}`);
    const source = sourceOf(random);
    return makeMachine(ground, { name, source, people: staff, seed: seed * 10_000_000 + (index + 1) * 1000 });
  });
}

function aroundOf({ hours, definition, deployments }: Wish, timeline: Timeline, record: RunRecord): Around {
  const block = Math.max(
    0,
    ...definition.allotments.map(({ usage }) => (usage.class === "time" ? usage.minimum : 0)),
  );
  const more = Array.from({ length: Math.ceil(deployments / 4) }, (_, nth) => `acme\\guest-${nth + 1}`);
  return { timeline, ledger: record, block, guests: ["acme\\ada", ...more], until: BEGIN + hours * HOUR };
}

type Parts = Pick<Scene, "timeline" | "ground" | "ledger" | "machines" | "random"> & {
  backend: Backend;
  around: Around;
};

function sceneOf({ definition, hours }: Wish, { backend, around, ...parts }: Parts): Scene {
  const settle = (machine: Machine) => settleIn(around, machine);
  return { ...parts, definition, hours, begin: BEGIN, license: backend.license, settle };
}

function begin(
  scene: Scene,
  { calm }: Wish,
  around: Around,
  { key }: Backend,
  machine: Machine,
  index: number,
): void {
  scene.timeline.after(machine.random.between(0, BEGIN_WITHIN), async () => {
    await machine.start();
    await enterKey(scene.timeline, machine, key);
    settleIn(around, machine);
    if (!calm) scheduleMachineFaults(scene, machine, index);
  });
}

/** The faults end, and time alone has to bring everyone back; then each agent is asked to sync once more. */
async function comeToRest({ ground, ledger, machines }: Scene): Promise<void> {
  await endFaults(ground, machines);
  for (const machine of machines) {
    machine.weather = "still";
    noteRejections(ledger, machine);
    const result = await machine.call((agent) => agent.sync());
    if (typeof result === "string" || "refused" in result) count(ledger, "last syncs that failed");
  }
}

function watchTraffic(timeline: Timeline) {
  const minutes = new Map<number, number>();
  return {
    requested: () => {
      const minute = Math.floor(timeline.now() / MINUTE);
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    },
    seen: () => {
      const counts = [...minutes.values()];
      return { all: counts.reduce((sum, each) => sum + each, 0), busiestMinute: Math.max(0, ...counts) };
    },
  };
}

function monthsUntil(now: Date): Month[] {
  const [first, last] = [monthOf(new Date(BEGIN)), monthOf(now)];
  return first === last ? [first] : [first, last];
}

function sums(minutes: Map<string, Map<Month, number>>, machines: Machine[]) {
  const booked = [...minutes.values()]
    .flatMap((months) => [...months.values()])
    .reduce((sum, each) => sum + each, 0);
  const slots = machines.flatMap(({ life }) => [...(life?.agent.state().slots.values() ?? [])]);
  return { booked, forgone: slots.reduce((sum, slot) => sum + slot.forgone, 0) };
}
