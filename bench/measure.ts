import { seedOf } from "./before";
import { type Contender, startBare, startFirst, startProductApi } from "./contenders";
import { measureLef } from "./lef";
import type { Load } from "./load-process";
import type { Server } from "./processes";
import type { Compared, Results, Scenarios } from "./results";
import { countRoundTrips } from "./round-trips";
import { figures, ratio, takeTurns } from "./rounds";
import type { BenchLicense, Scenario } from "./scenarios";
import { type Fill, newDatabase, newFolder, type Settings, seed } from "./stores";
import { compareTotals } from "./totals";

type Contest = { prefix: string; entries: [Contender, Settings, Server][] };
type OnPostgres = Omit<Results, "postgresql" | "pglite"> & {
  compared: Scenarios & { batch: { elementsPerSecond: number } };
};

const SIZE = { licenses: 320, assigned: 100 };
const SCENARIOS = ["report", "idleSync", "onePatch"] as const;
const ROUNDS = { rounds: 3, seconds: 3 };
const BRIEF = { rounds: 3, seconds: 2 };
const ELEMENTS = 100;
const TRIPS_S = 2;

/** A filled store of which every contender gets a copy, so that none sees the rows of another. */
type Filled = { sites: BenchLicense[]; copy(): Promise<Settings> };
type Entrant = { contender: Contender; store: Filled; start(settings: Settings): Promise<Server> };

export async function measurePostgres(load: Load, server: string, before?: string): Promise<OnPostgres> {
  const filled = (fill: Fill) => fillStore(fill, (template) => newDatabase(server, template));
  const store = await filled(seed);
  const others: Entrant[] = [
    { contender: "bare", store, start: startBare },
    { contender: "first", store, start: startFirst },
  ];
  const contest = await enter(load, "", [...(await doors(store, filled, before)), ...others]);
  const compared = await compareAll(load, contest);
  const batch = await takeTurns(load, "", ["door"], { scenario: "batch", connections: 16, ...ROUNDS });
  const elementsPerSecond = figures(batch, "door").perSecond * ELEMENTS;
  const lef = await measureLef(load, "door");
  const residentMb = contest.entries[0]?.[2].residentMb() ?? Number.NaN;
  await leave(load, contest);
  return {
    compared: { ...compared, batch: { elementsPerSecond } },
    residentMb,
    lef,
    ...(await measureTrips(load, store.sites, await store.copy())),
  };
}

export async function measurePglite(load: Load, before?: string): Promise<Scenarios> {
  const filled = (fill: Fill) => fillStore(fill, newFolder);
  const store = await filled(seed);
  const bare: Entrant = { contender: "bare", store, start: startBare };
  const contest = await enter(load, "pglite ", [...(await doors(store, filled, before)), bare]);
  const compared = await compareAll(load, contest, BRIEF);
  await leave(load, contest);
  return compared;
}

async function fillStore(fill: Fill, make: (copyOf?: Settings) => Promise<Settings>): Promise<Filled> {
  const template = await make();
  return { sites: await fill(template, SIZE), copy: () => make(template) };
}

/**
 * The current product API and that of the checkout `before`, which gets a store of its own, since no release starts
 * on the store of a later one.
 */
async function doors(
  store: Filled,
  filled: (fill: Fill) => Promise<Filled>,
  before?: string,
): Promise<Entrant[]> {
  const door: Entrant = { contender: "door", store, start: startProductApi };
  if (before === undefined) return [door];
  const own = await filled(seedOf(before));
  return [door, { contender: "before", store: own, start: (settings) => startProductApi(settings, before) }];
}

async function enter(load: Load, prefix: string, entrants: Entrant[]): Promise<Contest> {
  const entries: Contest["entries"] = [];
  for (const { contender, store, start } of entrants) {
    const settings = await store.copy();
    const server = await start(settings);
    await load.open({ name: prefix + contender, port: server.port, sites: store.sites });
    entries.push([contender, settings, server]);
  }
  return { prefix, entries };
}

/** Stops the servers; each must have booked everything it acknowledged. */
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
  return compared as Scenarios; // Every store has been set above.
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
  const compared = {
    ...figures(at64, "door"),
    toBare: ratio(at64, "bare"),
    toBareAt16: ratio(at16, "bare"),
    ...(who.includes("before") && { toBefore: ratio(at64, "before"), toBeforeAt16: ratio(at16, "before") }),
    ...(who.includes("first") && { toFirst: ratio(at64, "first"), toFirstAt16: ratio(at16, "first") }),
  };
  console.error(`${prefix || "postgresql "}${scenario}`, compared);
  return compared;
}

/**
 * A product API behind a counter of its calls to the store. The store is migrated and the build exists: the startup
 * counts.
 */
async function measureTrips(load: Load, sites: BenchLicense[], settings: Settings) {
  const way = await countRoundTrips(settings);
  const { port, readyMs, stop } = await startProductApi(way.settings);
  const perRequest = async (scenario: Scenario, connections: number) => {
    const target = `counted ${connections}`;
    // One license for each connection, so that the first run reads every definition once.
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
