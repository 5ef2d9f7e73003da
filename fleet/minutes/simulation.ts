import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WhenOffline } from "@/domain/leases/bounded-definition";
import type { Definition } from "@/domain/licenses/definition";
import { type Month, monthOf } from "@/domain/month";
import { type Backend, openBackend } from "@/fleet/backend";
import { openLink } from "@/fleet/link";
import { endFaults, enterKey, type Ground, type Machine, makeMachine } from "@/fleet/machine";
import { sourceOf } from "@/fleet/source";
import { openTimeline } from "@/fleet/timeline";
import { memoryFolder } from "@/scripts/memory-folder";
import { type AllotmentUsage, monthUsage } from "@/server/consumption/usage";
import { runCheck } from "@/server/maintenance/check";
import { seeded } from "@/server/sample/random";
import { store } from "@/server/store/store";
import {
  at,
  type Scene,
  scheduleBackendOutages,
  scheduleMachineFaults,
  scheduleMemoryCopies,
} from "./disruptions";
import { type Around, settleIn } from "./people";
import { type MinuteRecord, openMinuteRecord } from "./record";
import { sampleFree, usableSampler } from "./samples";
import { openServerRestore } from "./server-restore";

export type MinuteWish = {
  whenOffline: WhenOffline;
  deployments: number;
  hours: number;
  seed: number;
  /** Whether the server is restored once, and machines are copied with their memory. */
  isExtreme: boolean;
  /** The settings of a prepared store on PostgreSQL. */
  store: Record<string, string>;
};

export type MinuteResult = {
  record: MinuteRecord;
  machines: { waiting: number; charged: number }[];
  /** What the server granted each run, in minutes. */
  leases: { source: string; run: string; month: Month; granted: bigint }[];
  /** Each month of the run, as the server counts it. */
  months: (AllotmentUsage & { month: Month })[];
  /** The rules of `signet check` that the store breaks. */
  brokenRules: string[];
};

export const BLOCK = 6;
/** The pool of each month for each deployment and hour of the run: 20,000 minutes for 50 deployments and 48 hours. */
const MINUTES_EACH = 400 / 48;
const PEOPLE = 4;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BEGIN_WITHIN = 30 * MINUTE;

/** Every third seed crosses a change of month soon after its begin, and has reserved minutes ahead. */
function beginOf({ seed, hours }: MinuteWish): number {
  return seed % 3 === 0
    ? Date.parse("2026-04-01T00:00:00Z") - (hours / 8) * HOUR
    : Date.parse("2026-03-10T12:00:00Z");
}

/** Simulates the hours with people who only use minutes, and lets the fleet come to rest. */
export async function simulateMinutes(wish: MinuteWish): Promise<MinuteResult> {
  const begin = beginOf(wish);
  const timeline = openTimeline(begin);
  const folder = mkdtempSync(join(memoryFolder() ?? tmpdir(), "minutes-"));
  const settings = { whenOffline: wish.whenOffline };
  const backend = await openBackend(wish.store, definitionOf(wish), settings, () => new Date(timeline.now()));
  const ground: Ground = {
    timeline,
    connect: (deliveryOf) => openLink(backend.port, deliveryOf),
    folder,
    requested: () => {},
    weather: "clear",
  };
  const machines = newMachines(wish, ground);
  const record = openMinuteRecord();
  const until = begin + wish.hours * HOUR;
  const watched = { timeline, license: backend.license, machines, record, until };
  const around: Around = { timeline, record, block: BLOCK, until, atLimit: usableSampler(watched) };
  const scene = sceneOf(wish, { timeline, ground, record, machines, begin }, around);
  const restore = openServerRestore(scene, backend, wish.store);
  try {
    for (const [index, machine] of machines.entries()) beginAt(scene, backend, machine, index);
    scheduleBackendOutages(scene);
    if (wish.isExtreme) {
      at(scene, 0.5 * HOUR, async () => scheduleMemoryCopies(scene));
      restore.schedule();
    }
    sampleFree(watched);
    await timeline.play(until);
    await comeToRest(scene);
    return await resultOf(scene, backend);
  } finally {
    for (const machine of scene.machines) await machine.stop();
    await backend.close();
    await restore.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function capOf({ deployments, hours }: MinuteWish): number {
  return Math.round(deployments * hours * MINUTES_EACH);
}

function definitionOf(wish: MinuteWish): Definition {
  const usage = { class: "time" as const, minimum: BLOCK };
  const units = [{ count: capOf(wish), valid: "" }];
  const allotment = { name: "analyzer_time", usage, provisions: [{ accessType: "analyzer" }], units };
  return { product: "QSEfW", valid: "", trial: false, allotments: [allotment], parameters: [] };
}

function newMachines({ deployments, seed }: MinuteWish, ground: Ground): Machine[] {
  const random = seeded(seed);
  return Array.from({ length: deployments }, (_, index) => {
    const name = `site-${index + 1}`;
    const people = Array.from({ length: PEOPLE }, (_, nth) => `${name}\\user-${nth + 1}`);
    return makeMachine(ground, {
      name,
      source: sourceOf(random),
      people,
      seed: seed * 10_000_000 + (index + 1) * 1000,
    });
  });
}

function sceneOf(
  { hours, seed }: MinuteWish,
  parts: Omit<Scene, "hours" | "seed" | "settle">,
  around: Around,
): Scene {
  let settled = 0;
  const settle = (machine: Machine) => {
    settled += 1;
    settleIn(around, machine, seed * 1_000_003 + settled * 100);
  };
  return { ...parts, hours, seed, settle };
}

function beginAt(scene: Scene, { key }: Backend, machine: Machine, index: number): void {
  const start = Math.floor((index / scene.machines.length) * BEGIN_WITHIN);
  scene.timeline.after(start, async () => {
    await machine.start();
    await enterKey(scene.timeline, machine, key);
    scene.settle(machine);
    scheduleMachineFaults(scene, machine, index);
  });
}

/** The faults end, and time alone has to bring everyone back; then each agent is asked to sync once more. */
async function comeToRest({ ground, machines }: Scene): Promise<void> {
  await endFaults(ground, machines);
  for (const machine of machines) {
    machine.weather = "still";
    await machine.call((agent) => agent.sync());
  }
}

async function resultOf(
  { timeline, record, machines, begin }: Scene,
  { license }: Backend,
): Promise<MinuteResult> {
  const now = new Date(timeline.now());
  const months = [...new Set([monthOf(new Date(begin)), monthOf(now)])];
  const usage = await Promise.all(
    months.map(async (month) =>
      (await monthUsage(license, month, now)).allotments.map((each) => ({ ...each, month })),
    ),
  );
  const leases = await store().db.minuteLease.findMany({
    select: { source: true, run: true, month: true, granted: true },
  });
  const brokenRules = (await runCheck())
    .filter(({ broken }) => broken > 0)
    .map(({ rule, first }) => `the store breaks a rule: ${rule}: ${first.join(", ")}`);
  return { record, machines: machines.map(agentSums), leases, months: usage.flat(), brokenRules };
}

function agentSums({ life }: Machine): { waiting: number; charged: number } {
  const slots = [...(life?.agent.state().slots.values() ?? [])];
  const waiting = slots.reduce((sum, { sent, pending }) => sum + (sent?.amount ?? 0) + pending, 0);
  return { waiting, charged: slots.reduce((sum, { used }) => sum + used, 0) };
}
