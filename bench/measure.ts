import { type Contender, startBare, startDoor, startFirst } from "./contenders";
import type { Load } from "./load-process";
import type { Server } from "./processes";
import type { Compared, Results, Scenarios } from "./results";
import { countRoundTrips } from "./round-trips";
import { figures, ratio, takeTurns } from "./rounds";
import type { Scenario, Site } from "./scenarios";
import { newDatabase, newFolder, type Settings, seed } from "./stores";
import { compareTotals } from "./totals";

type Contest = { prefix: string; sites: Site[]; entries: [Contender, Settings, Server][] };
type OnPostgres = Omit<Results, "postgresql" | "pglite"> & {
  compared: Scenarios & { batch: { elementsPerSecond: number } };
};

const SIZE = { licenses: 320, assigned: 100 };
const SCENARIOS = ["report", "idleSync", "onePatch"] as const;
const ROUNDS = { rounds: 3, seconds: 3 };
const BRIEF = { rounds: 3, seconds: 2 };
const ELEMENTS = 100;
const TRIPS_S = 2;

const START: Record<Contender, (settings: Settings) => Promise<Server>> = {
  door: startDoor,
  bare: startBare,
  first: startFirst,
};

/** Every contender gets a copy of one store, so that none meets the other's rows. */
export async function measurePostgres(load: Load, server: string): Promise<OnPostgres> {
  const template = await newDatabase(server);
  const sites = await seed(template, SIZE);
  const copy = () => newDatabase(server, template);
  const contest = await enter(load, "", sites, ["door", "bare", "first"], copy);
  const compared = await compareAll(load, contest);
  const batch = await takeTurns(load, "", ["door"], { scenario: "batch", connections: 16, ...ROUNDS });
  const elementsPerSecond = figures(batch, "door").perSecond * ELEMENTS;
  const residentMb = contest.entries[0]?.[2].residentMb() ?? Number.NaN;
  await leave(load, contest);
  return {
    compared: { ...compared, batch: { elementsPerSecond } },
    residentMb,
    ...(await measureTrips(load, sites, await copy())),
  };
}

export async function measurePglite(load: Load): Promise<Scenarios> {
  const template = await newFolder();
  const sites = await seed(template, SIZE);
  const contest = await enter(load, "pglite ", sites, ["door", "bare"], () => newFolder(template));
  const compared = await compareAll(load, contest, BRIEF);
  await leave(load, contest);
  return compared;
}

async function enter(
  load: Load,
  prefix: string,
  sites: Site[],
  who: Contender[],
  copy: () => Promise<Settings>,
): Promise<Contest> {
  const entries: Contest["entries"] = [];
  for (const contender of who) {
    const settings = await copy();
    const server = await START[contender](settings);
    await load.open({ name: prefix + contender, port: server.port, sites });
    entries.push([contender, settings, server]);
  }
  return { prefix, sites, entries };
}

/** Stops the servers; each must have booked what it acknowledged. */
async function leave(load: Load, { prefix, entries }: Contest): Promise<void> {
  for (const [contender, settings, { stop }] of entries) {
    await stop();
    const acknowledged = await load.acknowledged(prefix + contender);
    await compareTotals(prefix + contender, settings, acknowledged, SIZE.licenses * SIZE.assigned);
  }
}

async function compareAll(load: Load, contest: Contest, length = ROUNDS): Promise<Scenarios> {
  const compared: Partial<Scenarios> = {};
  for (const scenario of SCENARIOS) compared[scenario] = await compare(load, contest, scenario, length);
  return compared as Scenarios; // Each has just been set.
}

async function compare(
  load: Load,
  { prefix, entries }: Contest,
  scenario: Scenario,
  length: typeof ROUNDS,
): Promise<Compared> {
  const who = entries.map(([contender]) => contender);
  const at = (connections: number) => takeTurns(load, prefix, who, { scenario, connections, ...length });
  const [at64, at16] = [await at(64), await at(16)];
  const first = who.includes("first");
  const compared = {
    ...figures(at64, "door"),
    toBare: ratio(at64, "bare"),
    toBareAt16: ratio(at16, "bare"),
    ...(first ? { toFirst: ratio(at64, "first"), toFirstAt16: ratio(at16, "first") } : {}),
  };
  console.error(`${prefix || "postgresql "}${scenario}`, compared);
  return compared;
}

/** A door beside a counter of what it asks the store. The store is migrated and the build is there: its start counts. */
async function measureTrips(load: Load, sites: Site[], settings: Settings) {
  const way = await countRoundTrips(settings);
  const { port, readyMs, stop } = await startDoor(way.settings);
  const perRequest = async (scenario: Scenario, connections: number) => {
    const target = `counted ${connections}`;
    // One license for each connection, so that the first run reads every definition there is to read.
    await load.open({ name: target, port, sites: sites.slice(0, connections) });
    const order = { target, scenario, connections, seconds: TRIPS_S };
    await load.run(order);
    const before = way.count();
    const { requests } = await load.run(order);
    return (way.count() - before) / requests;
  };
  const report = await perRequest("report", 1);
  const idleSync = await perRequest("idleSync", 1);
  const sharedReport = await perRequest("report", 64);
  await stop();
  return { readyMs, roundTrips: { report, idleSync, sharedReport } };
}
