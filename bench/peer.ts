import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/scripts/free-port";
import { atEnd } from "./cleanup";
import { startProductApi } from "./contenders";
import type { Load } from "./load-process";
import { type Server, startServer } from "./processes";
import { type Line, plain } from "./results";
import { alternate, median, medianRatio } from "./rounds";
import type { BenchLicense, Scenario } from "./scenarios";
import { newDatabase, seed } from "./stores";

const PACKAGE = "pouchdb-server@4.2.0";
const SIZE = { licenses: 64, assigned: 100 };
const CONNECTIONS = [64, 16];
const ROUNDS = 5;
const SECONDS = 3;
const PAIRS: { what: string; door: Scenario; peer: Scenario }[] = [
  { what: "Idle syncs", door: "idleSync", peer: "idleChanges" },
  { what: "Syncs with one patch", door: "onePatch", peer: "oneDocument" },
];

/**
 * The syncs of the product API beside PouchDB Server, which one would take to sync lists: a database for each license,
 * and a document for each user. It checks no key, counts no seats, and writes to LevelDB without waiting for the disk.
 */
export async function measurePeer(load: Load, postgres: string): Promise<Line[]> {
  const settings = await newDatabase(postgres);
  const sites = await seed(settings, SIZE);
  const door = await startProductApi(settings);
  const peer = await startPeer();
  await load.open({ name: "door", port: door.port, sites });
  await load.open({ name: "peer", port: peer.port, sites: await fill(peer.port) });
  const lines: Line[] = [];
  for (const connections of CONNECTIONS)
    for (const pair of PAIRS) lines.push(...(await compare(load, pair, connections)));
  await Promise.all([door.stop(), peer.stop()]);
  return lines;
}

/** Installs it into a temporary folder: what a comparison needs is no dependency of this project. */
async function startPeer(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), "signet-peer-"));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  execFileSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", PACKAGE]);
  const port = await freePort();
  const program = join(folder, "node_modules/pouchdb-server/bin/pouchdb-server");
  const args = [
    program,
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--dir",
    join(folder, "data"),
    "--no-stdout-logs",
  ];
  return startServer({ args, port, env: {}, cwd: folder, readyPath: "/" });
}

/** A database with as many users as a license of the product API has. */
async function fill(port: number): Promise<BenchLicense[]> {
  const sites: BenchLicense[] = [];
  for (let nth = 0; nth < SIZE.licenses; nth += 1) {
    const license = `license-${nth}`;
    const database = `http://127.0.0.1:${port}/${license}`;
    const docs = Array.from({ length: SIZE.assigned }, (_, user) => ({
      _id: `seed-${user}`,
      allotment: "professional",
    }));
    await put(database, "PUT", {});
    await put(`${database}/_bulk_docs`, "POST", { docs });
    sites.push({ license, key: "", version: SIZE.assigned });
  }
  return sites;
}

async function put(url: string, method: string, body: object): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const { ok, status } = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!ok) throw new Error(`${url} answered ${status}.`);
}

async function compare(load: Load, { what, ...scenarios }: (typeof PAIRS)[number], connections: number) {
  const { door, peer } = await alternate(["door", "peer"], ROUNDS, async (target) => {
    const order = { target, scenario: scenarios[target], connections, seconds: SECONDS };
    return (await load.run(order)).perSecond;
  });
  return [
    plain(`${what} at ${connections}: /s`, median(door), 0),
    plain("  PouchDB Server", median(peer), 0),
    plain("  times as fast", medianRatio(door, peer)),
  ];
}
