import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Definition } from "@/domain/licenses/definition";
import { endFaults, enterKey, type Ground, type Machine, makeMachine } from "@/fleet/machine";
import { type Around, settleIn } from "@/fleet/people";
import { count, openRunRecord } from "@/fleet/record";
import { sourceOf } from "@/fleet/source";
import { openTimeline } from "@/fleet/timeline";
import { SYSTEM } from "@/server/access/actor";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { createLicense } from "@/server/licenses/licenses";
import { prepareInstallation } from "@/server/maintenance/installation";
import { type Random, seeded } from "@/server/sample/random";
import { openStore } from "@/server/store/store";
import { atRest } from "./at-rest";
import { difference } from "./compare";
import { type Scene, scheduleDisturbances } from "./disturbances";
import { Model } from "./model";
import { type Network, openBadLink } from "./network";
import { envOf, openServer, type Sent } from "./server";
import { type AllotmentTerms, keyOf } from "./terms";

export type Wish = { deployments: number; hours: number; seed: number; store: Record<string, string> };
/** What happened, and what wasn't as the model says. */
export type Result = { counts: Map<string, number>; differences: string[] };

const HOUR = 3_600_000;
/** Every run crosses this change of month. */
const MONTH_END = Date.parse("2026-04-01T00:00:00Z");
const BEGIN_WITHIN = HOUR / 2;
const PEOPLE = 3;
const BLOCK = 6;
const QUIET = { lost: 0, replyLost: 0, doubled: 0, late: 0 };
/** Requests that were under way for long have arrived by then. */
const LATEST = 2 * HOUR;

/** Simulates hours of real agents against the real server, with a model beside it that every reply is compared with. */
export async function simulate(wish: Wish): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "simulation-"));
  const { scene, key } = await openScene(wish, folder);
  const { timeline, machines, begin, record, differences } = scene;
  try {
    const until = begin + wish.hours * HOUR;
    for (const machine of machines) beginAt(scene, machine, key, until);
    scheduleDisturbances(scene);
    await timeline.play(until);
    await comeToRest(scene);
    return { counts: record.counts, differences: [...differences, ...(await atRest(scene))] };
  } finally {
    for (const machine of machines) await machine.stop();
    await scene.server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openScene(wish: Wish, folder: string): Promise<{ scene: Scene; key: string }> {
  const { hours, seed, store } = wish;
  const random = seeded(seed);
  const begin = MONTH_END - random.between(0, hours) * HOUR;
  const timeline = openTimeline(begin);
  const clock = () => new Date(timeline.now());
  const definition = definitionOf(wish, random.chance(0.5));
  const isBounded = random.chance(0.5);
  const { license, key } = await prepare(store, definition, isBounded, clock());
  const ground = newGround(timeline, folder, (deliveryOf) => openBadLink(scene.network, deliveryOf));
  const scene: Scene = {
    ...{ timeline, random, begin, hours, license, definition, ground, differences: [] },
    server: openServer(store, clock),
    record: openRunRecord(),
    model: new Model(license, poolsOf(definition), isBounded),
    network: newNetwork(timeline, random, (sent) => scene.inTurn(() => taken(scene, sent))),
    inTurn: oneAfterAnother(),
    machines: newMachines(wish, ground),
  };
  return { scene, key };
}

function oneAfterAnother(): Scene["inTurn"] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}

function beginAt({ timeline, record }: Scene, machine: Machine, key: string, until: number): void {
  const around: Around = { timeline, ledger: record, block: BLOCK, guests: ["acme\\ada"], until };
  timeline.after(machine.random.next() * BEGIN_WITHIN, async () => {
    await machine.start();
    await enterKey(timeline, machine, key);
    settleIn(around, machine);
  });
}

/** Gives a request to the server and to the model, and compares the replies. Null if the server died. */
async function taken({ server, model, timeline, record, differences }: Scene, sent: Sent) {
  const now = new Date(timeline.now());
  const outcome = await server.take(sent);
  const body = sent.body ? JSON.parse(sent.body) : {};
  if ("died" in outcome) {
    count(record, "deaths of the server");
    if (outcome.isCommitted) model.take(sent.path, body, now);
    return null;
  }
  const { answer } = outcome;
  count(record, "replies compared");
  const expected = model.take(sent.path, body, now);
  const reply = answer.headers["content-type"]?.includes("json") ? JSON.parse(answer.body || "{}") : {};
  const found = difference(expected, { status: answer.status, body: reply });
  if (found) differences.push(`${now.toISOString()} ${sent.method} ${sent.path} ${sent.body}: ${found}`);
  if (answer.status === 200) model.learn({ ...reply, leases: withPlaces(reply.leases, body) });
  return answer;
}

/** A reply doesn't repeat whose leases it tells. */
function withPlaces(leases: object[] | undefined, { source, run }: { source?: string; run?: string }) {
  return leases?.map((lease) => ({ ...lease, source, run }));
}

async function prepare(
  settings: Record<string, string>,
  definition: Definition,
  isBounded: boolean,
  now: Date,
) {
  await openStore(envOf(settings));
  await prepareInstallation(now);
  const whenOffline: "bounded" | "optimistic" = isBounded ? "bounded" : "optimistic";
  const given = { autoAssignProfessional: true, autoAssignAnalyzer: true, whenOffline };
  const wanted = { customer: "Simulation", ...definition, products: ["QSEfW"], settings: given };
  const { number: license } = await createLicense(wanted, SYSTEM, now);
  const { key } = await issueLicenseKey(license, "simulation", SYSTEM, now);
  return { license, key };
}

/** Few seats and minutes, so that both run out. */
function definitionOf({ deployments, hours }: Wish, hasOverage: boolean): Definition {
  const minutes = { ...allotment("analyzer_time", "time", deployments * hours * 2, "analyzer") };
  const allotments = [
    allotment("professional", "assigned", deployments),
    allotment("analyzer", "assigned", deployments),
    hasOverage ? { ...minutes, overage: deployments * hours } : minutes,
  ];
  return { product: "QSEfW", valid: "", trial: false, allotments, parameters: [] };
}

function allotment(name: string, usage: "assigned" | "time", count: number, accessType = name) {
  const minimum = usage === "time" ? BLOCK : 1;
  return {
    name,
    usage: { class: usage, minimum },
    provisions: [{ accessType }],
    units: [{ count, valid: "" }],
  };
}

function poolsOf({ allotments }: Definition): Map<string, AllotmentTerms> {
  return new Map(
    allotments.map(({ name, usage, units, overage }) => [
      keyOf(name),
      {
        isTime: usage.class === "time",
        units: units[0]?.count ?? 0,
        overage: Number(overage ?? 0),
        block: usage.minimum,
      },
    ]),
  );
}

function newNetwork(timeline: Scene["timeline"], random: Random, take: Network["take"]): Network {
  const part = (most: number) => random.next() * most;
  const weather = { lost: part(0.3), replyLost: part(0.3), doubled: part(0.5), late: part(0.1) };
  return { timeline, random, weather, cut: null, take };
}

function newGround(timeline: Scene["timeline"], folder: string, connect: Ground["connect"]): Ground {
  return { timeline, connect, folder, requested: () => {}, weather: "clear" };
}

function newMachines({ deployments, seed }: Wish, ground: Ground): Machine[] {
  const random = seeded(seed * 7 + 1);
  return Array.from({ length: deployments }, (_, index) => {
    const name = `site-${index + 1}`;
    const people = Array.from({ length: PEOPLE }, (_, nth) => `${name}\\user-${nth + 1}`);
    return makeMachine(ground, { name, source: sourceOf(random), people, seed: seed * 10_000 + index * 100 });
  });
}

/** The faults end, the last requests under way arrive, and then each agent syncs once more. */
async function comeToRest({ ground, machines, network, timeline }: Scene): Promise<void> {
  Object.assign(network, { weather: QUIET, cut: null });
  await timeline.play(timeline.now() + LATEST);
  await endFaults(ground, machines);
  for (const machine of machines) {
    machine.weather = "still";
    await machine.call((agent) => agent.sync());
  }
}
