import type { Server } from "node:http";
import { setTimeout } from "node:timers/promises";
import { startCountExchange } from "@/server/access/rate-limits";
import { startAlerts } from "@/server/alerts/alert-loop";
import { offerDumps } from "@/server/backups/backup-socket";
import { startBackups } from "@/server/backups/scheduled-backups";
import { endReaders } from "@/server/events/feed";
import { startRelay } from "@/server/events/relay";
import { offerSetup } from "@/server/identity/setup-token";
import { prepareInstallation } from "@/server/maintenance/installation";
import { startJobs } from "@/server/maintenance/jobs";
import { throughRestores } from "@/server/restores/restores";
import { followRotations } from "@/server/secrets/key-cache";
import { type Env, env } from "@/server/store/env";
import { quietenStoreAway } from "@/server/store/failures";
import { localUrl } from "@/server/store/local-url";
import { log } from "@/server/store/log";
import { reasonText } from "@/server/store/reason-text";
import { closeStore, openStore, store } from "@/server/store/store";
import { fanOut } from "@/server/webhooks/fan-out";
import { drainable } from "./draining";
import { beginEnding } from "./ending";
import { openMetrics } from "./metrics-port";
import { notePeers } from "./peer";
import { openProductApi, type ProductApi } from "./product-api";
import { screen } from "./screening";

/** The servers that run in this process beside the console, so that the caller can print and stop them. */
export type Running = {
  door: ProductApi;
  place: string;
  setupLink: string | null;
  /** Passes on a request of the console's port, unless it is refused. */
  screen: typeof screen;
  /** `/ready` fails during the grace period; then accepted requests are answered, and the store is closed. */
  stop(): Promise<void>;
  /** Ends the rest of the grace period. */
  hurry(): void;
  /** Stops the console's server too when this stops. */
  adopt(console: Server): void;
};

declare global {
  var signetRunning: Running | undefined;
  /** Set by `signet serve` once the console's port listens. */
  var signetConsole: { port: number } | undefined;
}

const CONSOLE_CHECK_MS = 2000;

/** Opens the store, starts the jobs and opens the product API. A failed start ends the process with its reason. */
export async function start(): Promise<void> {
  if (globalThis.signetRunning) return;
  try {
    globalThis.signetRunning = await begin(() => new Date());
  } catch (error) {
    process.stderr.write(`Signet can't start. ${reasonText(error)}\n`);
    log().debug({ err: error }, "start failed");
    await closeStore().catch(() => {});
    process.exit(1);
  }
}

async function begin(clock: () => Date): Promise<Running> {
  const settings = env();
  notePeers();
  quietenStoreAway();
  const stopTracing = await startTracing(settings);
  await openStore(settings);
  await prepareInstallation(clock());
  const setupToken = await offerSetup(clock()); // Before jobs and alerts want every connection.
  const { place, transaction, replica } = store();
  const endDumps = transaction ? await offerDumps(place, transaction) : () => {};
  const stopFollowing = followRotations();
  const leaveReplica = replica?.follow();
  const stopJobs = await startJobs(clock);
  const stopCountExchange = startCountExchange(clock);
  const stopAlerts = startAlerts(clock, settings);
  const stopRelay = startRelay({ clock, throughRestores, subscribers: [fanOut] });
  const stopBackups = startBackups(clock, settings);
  const door = await openProductApi(settings, { clock, isReady: consoleResponds });
  const closeMetrics = await openMetrics(settings.METRICS_PORT, clock);
  const hurry = new AbortController();
  const closing = [door.close];
  const stop = async () => {
    beginEnding();
    await setTimeout(settings.SHUTDOWN_GRACE * 1000, null, hurry).catch(() => {});
    endReaders();
    await Promise.all(closing.map((close) => close()));
    closeMetrics();
    stopCountExchange();
    stopFollowing();
    endDumps();
    await Promise.all([stopAlerts(), stopRelay(), stopJobs(), stopBackups(), leaveReplica?.()]);
    await closeStore();
    await stopTracing();
  };
  return {
    door,
    place,
    setupLink: setupToken && `${settings.PUBLIC_URL}/setup?token=${setupToken}`,
    screen,
    stop,
    hurry: () => hurry.abort(),
    adopt: (console) => void closing.push(drainable(console)),
  };
}

/** The library is loaded only where traces are on. */
async function startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT }: Env): Promise<() => Promise<void>> {
  if (!OTEL_EXPORTER_OTLP_ENDPOINT) return async () => {};
  const traces = await import("@/server/traces/open-telemetry");
  return traces.startTracing();
}

/** Calls the console's own port: a product API beside a dead console isn't ready. */
async function consoleResponds(): Promise<boolean> {
  const { PORT, HOST } = env();
  const port = globalThis.signetConsole?.port ?? PORT;
  return fetch(`${localUrl(HOST, port)}/health`, { signal: AbortSignal.timeout(CONSOLE_CHECK_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
