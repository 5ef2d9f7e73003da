import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAgent } from "@/agent";
import { endFaults, enterKey, type Ground, type Machine, makeMachine } from "@/fleet/machine";
import { type Around, settleIn } from "@/fleet/people";
import { openRunRecord } from "@/fleet/record";
import { sourceOf } from "@/fleet/source";
import { openTimeline } from "@/fleet/timeline";
import { type Random, seeded } from "@/server/sample/random";
import { atRest } from "./at-rest";
import { carryAtLast } from "./carrying";
import { resume, scheduleDisturbances } from "./disturbances";
import { taken } from "./exchange";
import { acceptGuests } from "./guests";
import { BLOCK, definitionOf, GUEST_PRODUCT, issue, termsOf } from "./license";
import { Model } from "./model";
import { type Network, openBadLink } from "./network";
import { OFFLINE_SOURCE, openOfflineDeployment, saltIn } from "./offline-deployment";
import type { Scene } from "./scene";
import { openServer } from "./server";

export type Wish = { deployments: number; hours: number; seed: number; store: Record<string, string> };
/** What happened, and what wasn't as the model says. */
export type Result = { counts: Map<string, number>; differences: string[] };

const HOUR = 3_600_000;
/** Every run crosses this change of month. */
const MONTH_END = Date.parse("2026-04-01T00:00:00Z");
const BEGIN_WITHIN = HOUR / 2;
const PEOPLE = 3;
const QUIET = { lost: 0, replyLost: 0, doubled: 0, late: 0 };
/** Requests that were under way for long have arrived by then. */
const LATEST = 2 * HOUR;
const OFFLINE_SEED = 9000;

/** Simulates hours of real agents against the real server, with a model beside it that every reply is compared with. */
export async function simulate(wish: Wish): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "simulation-"));
  const scene = await openScene(wish, folder);
  const { timeline, machines, offline, begin, record, differences } = scene;
  try {
    const until = begin + wish.hours * HOUR;
    for (const machine of [...machines, offline.machine]) beginAt(scene, machine, until);
    scheduleDisturbances(scene);
    await timeline.play(until);
    await comeToRest(scene);
    return { counts: record.counts, differences: [...differences, ...(await atRest(scene))] };
  } finally {
    for (const machine of [...machines, offline.machine]) await machine.stop();
    await scene.server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openScene(wish: Wish, folder: string): Promise<Scene> {
  const { hours, seed, store } = wish;
  const random = seeded(seed);
  const begin = MONTH_END - random.between(0, hours) * HOUR;
  const timeline = openTimeline(begin);
  const clock = () => new Date(timeline.now());
  const definition = definitionOf(wish, random.chance(0.5));
  const isBounded = random.chance(0.5);
  const issued = await issue(store, definition, { isBounded, offlineSource: OFFLINE_SOURCE }, clock());
  const { license, key, sld } = issued;
  const ground = newGround(timeline, folder, (deliveryOf) => openBadLink(scene.network, deliveryOf));
  const scene: Scene = {
    ...{ timeline, random, begin, hours, license, key, definition, ground, differences: [] },
    server: openServer(store, clock),
    record: openRunRecord(),
    model: new Model({ license, pools: termsOf(definition), isBounded, salt: saltIn(sld) }),
    network: newNetwork(timeline, random, (sent) => scene.inTurn(() => taken(scene, sent))),
    inTurn: oneAfterAnother(),
    machines: newMachines(wish, ground),
    offline: openOfflineDeployment(ground, seed * 10_000 + OFFLINE_SEED, issued),
  };
  const guest = scene.machines.at(-1);
  if (guest) scene.model.guests.set(guest.source, "unknown");
  return scene;
}

function oneAfterAnother(): Scene["inTurn"] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}

function beginAt({ timeline, record, key, offline }: Scene, machine: Machine, until: number): void {
  const around: Around = { timeline, ledger: record, block: BLOCK, guests: ["acme\\ada"], until };
  timeline.after(machine.random.next() * BEGIN_WITHIN, async () => {
    await machine.start();
    if (machine !== offline.machine) await enterKey(timeline, machine, key);
    settleIn(around, machine);
  });
}

function newNetwork(timeline: Scene["timeline"], random: Random, take: Network["take"]): Network {
  const part = (most: number) => random.next() * most;
  const weather = { lost: part(0.3), replyLost: part(0.3), doubled: part(0.5), late: part(0.1) };
  return { timeline, random, weather, cut: null, take };
}

function newGround(timeline: Scene["timeline"], folder: string, connect: Ground["connect"]): Ground {
  return { timeline, connect, folder, requested: () => {}, weather: "clear" };
}

/** Deployments with a network. The last one has another product, with which an admin has to let it in. */
function newMachines({ deployments, seed }: Wish, ground: Ground): Machine[] {
  const random = seeded(seed * 7 + 1);
  return Array.from({ length: deployments }, (_, index) => {
    const name = `site-${index + 1}`;
    const people = Array.from({ length: PEOPLE }, (_, nth) => `${name}\\user-${nth + 1}`);
    const wanted = { name, source: sourceOf(random), people, seed: seed * 10_000 + index * 100 };
    if (index < deployments - 1) return makeMachine(ground, wanted);
    return makeMachine(ground, {
      ...wanted,
      open: (options) => openAgent({ ...options, product: GUEST_PRODUCT }),
    });
  });
}

/** The faults end, the last requests under way arrive, everybody is let in, and then each agent syncs once more. */
async function comeToRest(scene: Scene): Promise<void> {
  const { ground, machines, offline, network, timeline } = scene;
  Object.assign(network, { weather: QUIET, cut: null });
  await timeline.play(timeline.now() + LATEST);
  await resume(scene); // The server can be an earlier one, of a time at which the license was suspended.
  await endFaults(ground, [...machines, offline.machine]);
  await acceptGuests(scene);
  await timeline.play(timeline.now() + LATEST);
  await carryAtLast(scene);
  for (const machine of machines) {
    machine.weather = "still";
    await machine.call((agent) => agent.sync());
  }
}
