import { randomInt } from "node:crypto";
import { atEnd } from "@/bench/cleanup";
import { productionPostgres } from "@/bench/postgres";
import { type BenchLicense, type BenchTotals, newTotals } from "@/bench/scenarios";
import { newDatabase, type Settings, type Size, seed } from "@/bench/stores";
import { compareTotals } from "@/bench/totals";
import { type RunningServer, startServer } from "@/e2e/server";
import { brokenRules } from "@/e2e/store-check";
import type { OwnPostgres } from "@/scripts/postgres";
import type { Target } from "./callers";

/** The production build on PostgreSQL with durable commits, and licenses whose deployments call it. */
export type Stand = {
  postgres: OwnPostgres;
  settings: Settings;
  sites: BenchLicense[];
  totals: BenchTotals;
  target: Target;
  server(): RunningServer;
  /** Stops the server with SIGTERM; returns its exit code. */
  stop(): Promise<number | null>;
  start(): Promise<void>;
};

/** What other programs than the callers had acknowledged. */
type Others = { consumed: number; live: number };

/** Below the ports that systems hand out: nobody else may get it while a server starts again. */
const FIRST_PORT = 20_000;
const PORTS = 10_000;
const OUTPUT_SHOWN = 4000;

/** Licenses without users: `signet check` reads their names, and a benchmark's are random. */
export async function openStand(size: Omit<Size, "assigned">): Promise<Stand> {
  const postgres = await productionPostgres();
  const port = FIRST_PORT + randomInt(PORTS);
  const own = { LOG_LEVEL: "warn", PROTOCOL_PORT: String(port) };
  const settings = { ...(await newDatabase(postgres.url())), ...own };
  const sites = await seed(settings, { ...size, assigned: 0 });
  const target: Target = { port, refused: 0, unanswered: 0 };
  let server: RunningServer | null = null;
  atEnd(async () => {
    if (process.exitCode) console.error(server?.output().slice(-OUTPUT_SHOWN));
    await server?.kill();
  });
  const running = () => {
    if (!server) throw new Error("There is no server.");
    return server;
  };
  const stand: Stand = {
    ...{ postgres, settings, sites, target, totals: newTotals(sites), server: running },
    stop: () => running().stop(),
    async start() {
      server = await startServer(settings);
    },
  };
  await stand.start();
  return stand;
}

/** Throws unless the store of a stopped server has exactly what was acknowledged, and keeps its rules. */
export async function compareStand(
  { settings, totals }: Stand,
  others: Others = { consumed: 0, live: 0 },
): Promise<void> {
  const seats = [...totals.seats.values()].reduce((sum, { length }) => sum + length, 0);
  const acknowledged = { consumed: totals.consumed + others.consumed, live: seats + others.live };
  await compareTotals("The load", settings, acknowledged, 0);
  const broken = await brokenRules(settings);
  if (broken !== "") throw new Error(`signet check: ${broken}`);
}
