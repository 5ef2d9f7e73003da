import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { seedOf } from "./before";
import { startProductApi } from "./contenders";
import { type Followed, followStream, p99Of, receiveWebhooks } from "./event-followers";
import type { Measured } from "./load";
import type { Load } from "./load-process";
import { atLeast, atMost, type Line } from "./results";
import { median } from "./rounds";
import type { BenchLicense, Scenario } from "./scenarios";
import { type Fill, newDatabase, seed } from "./stores";

/** One server under both loads: the measured one, and seats that change at a steady pace. */
type Entrant = { name: string; sites: BenchLicense[]; stop(): Promise<void> };
type Following = { readers: Followed[]; webhook: Followed };

const SIZE = { licenses: 320, assigned: 100 };
/** The licenses whose seats change at a steady pace belong to the first of the 20 customers, and are no others' load. */
const isSteady = (_: BenchLicense, index: number) => index % 20 === 0;
const PER_MINUTE = 10_000;
/** A little faster than what has to be reached. */
const STEADY = { scenario: "onePatch", connections: 16, pace: (1.05 * PER_MINUTE) / 60 } as const;
const READERS = 4;
const SCENARIOS = ["report", "idleSync", "onePatch"] as const satisfies Scenario[];
const CONNECTIONS = [64, 16];
const ROUNDS = 5;
const SECONDS = 3;
const TITLES = { report: "Reports", idleSync: "Idle syncs", onePatch: "Syncs with one patch" };
const DRAIN_MS = 120_000;
const LEAST = 0.95;

/**
 * Reports and syncs while 10,000 seats a minute change, all of whose events go to readers of the stream and to a
 * webhook; the same beside an earlier commit.
 */
export async function measureEvents(
  load: Load,
  steadyLoad: Load,
  server: string,
  before?: string,
): Promise<Line[]> {
  const { entrant, following } = await enterCurrent(server, [load, steadyLoad]);
  const entrants = [entrant];
  if (before !== undefined) entrants.push(await enterBefore(server, before, [load, steadyLoad]));
  const lines: Line[] = [];
  let sent = { seats: 0, steady: 0 };
  for (const scenario of SCENARIOS)
    for (const connections of CONNECTIONS) {
      const measured = await alternate(entrants, load, steadyLoad, { scenario, connections });
      sent = add(sent, measured.sent);
      lines.push(...linesOf(`${TITLES[scenario]}/s at ${connections}`, measured.perSecond));
    }
  const drainedMs = await drained(following, sent);
  for (const { stop } of entrants) await stop();
  return [...lines, ...followedLines(following, { drainedMs, perMinute: perMinute(sent) })];
}

async function enterCurrent(server: string, loads: Load[]) {
  const settings = await newDatabase(server);
  const sites = await seed(settings, SIZE);
  const token = randomBytes(24).toString("base64url");
  const own = { SIGNET_ADMIN_TOKEN: token, WEBHOOK_ALLOWED_NETWORKS: "127.0.0.0/8" };
  const door = await startProductApi({ ...settings, ...own });
  const call = callerOf(door.console, token);
  const { items } = await call("GET", "/customers?limit=200");
  const customer = items.find(({ name }: { name: string }) => name === "Customer 0")?.id;
  const webhook = await receiveWebhooks();
  const types = ["assignment.updated", "assignment.deleted"];
  await call("POST", "/webhooks", { name: "Bench", url: webhook.url, customer, types, concurrency: 10 });
  const readers = await Promise.all(Array.from({ length: READERS }, () => followStream(door.console, token)));
  await openOn(loads, "door", door.port, sites);
  return { entrant: { name: "door", sites, stop: door.stop }, following: { readers, webhook } };
}

async function enterBefore(server: string, folder: string, loads: Load[]): Promise<Entrant> {
  const settings = await newDatabase(server);
  const fill: Fill = seedOf(folder);
  const sites = await fill(settings, SIZE);
  const door = await startProductApi(settings, folder);
  await openOn(loads, "before", door.port, sites);
  return { name: "before", sites, stop: door.stop };
}

async function openOn(
  [load, steady]: Load[],
  name: string,
  port: number,
  sites: BenchLicense[],
): Promise<void> {
  await load?.open({ name, port, sites: sites.filter((site, index) => !isSteady(site, index)) });
  await steady?.open({ name, port, sites: sites.filter(isSteady) });
}

function callerOf(console: number, token: string) {
  return async (method: string, path: string, body?: object) => {
    const response = await fetch(`http://127.0.0.1:${console}/api/v1/admin${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
}

type Sent = { seats: number; steady: number };
type Plan = { scenario: Scenario; connections: number };

/** Alternates the servers, after a round to warm up; the steady load runs on the one that is measured. */
async function alternate(entrants: Entrant[], load: Load, steadyLoad: Load, plan: Plan) {
  const perSecond = new Map<string, number[]>(entrants.map(({ name }) => [name, []]));
  let sent: Sent = { seats: 0, steady: 0 };
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const { name } of round % 2 ? entrants : entrants.toReversed()) {
      const order = { target: name, seconds: SECONDS };
      const [measured, steady] = await Promise.all([
        load.run({ ...order, ...plan }),
        steadyLoad.run({ ...order, ...STEADY }),
      ]);
      if (name === "door") sent = add(sent, sentBy(plan, measured, steady));
      if (round > 0) perSecond.get(name)?.push(measured.perSecond);
    }
  console.error(plan, Object.fromEntries(perSecond));
  return { perSecond, sent };
}

function sentBy({ scenario }: Plan, measured: Measured, steady: Measured): Sent {
  const more = scenario === "onePatch" ? measured.requests : 0;
  return { seats: steady.requests + more, steady: steady.requests };
}

function add(one: Sent, other: Sent): Sent {
  return { seats: one.seats + other.seats, steady: one.steady + other.steady };
}

/** Waits until everybody has every event; throws if one is missing. Returns how long it took. */
async function drained({ readers, webhook }: Following, { seats, steady }: Sent): Promise<number> {
  const begun = performance.now();
  const isDone = () => readers.every(({ count }) => count >= seats) && webhook.count >= steady;
  while (!isDone() && performance.now() - begun < DRAIN_MS) await setTimeout(100);
  const got = { readers: readers.map(({ count }) => count), webhook: webhook.count };
  if (!readers.every(({ count }) => count === seats) || webhook.count !== steady)
    throw new Error(`Of ${seats} events, ${steady} for the webhook, there arrived ${JSON.stringify(got)}.`);
  return performance.now() - begun;
}

function perMinute({ steady }: Sent): number {
  return (steady * 60) / (SCENARIOS.length * CONNECTIONS.length * (ROUNDS + 1) * SECONDS);
}

function linesOf(what: string, perSecond: Map<string, number[]>): Line[] {
  const mine = perSecond.get("door") ?? [];
  const before = perSecond.get("before");
  const line = { what, value: median(mine).toFixed(0) };
  if (!before) return [line];
  const ratio = median(mine.map((rate, round) => rate / (before[round] ?? Number.NaN)));
  return [line, atLeast("  of the earlier commit", ratio, LEAST)];
}

function followedLines(
  { readers, webhook }: Following,
  { drainedMs, perMinute: rate }: { drainedMs: number; perMinute: number },
): Line[] {
  const slowest = Math.max(...readers.map(p99Of));
  return [
    { what: `Events at each of ${READERS} streams, none missing`, value: String(readers[0]?.count ?? 0) },
    atMost("  p99 from the change to the reader: ms", slowest, 2000, 0),
    atLeast("Events by webhook, none missing: a minute", rate, PER_MINUTE, 0),
    atMost("  p99 from the change to the receiver: ms", p99Of(webhook), 10_000, 0),
    atMost("Until the last event had arrived after the load: ms", drainedMs, 10_000, 0),
  ];
}
