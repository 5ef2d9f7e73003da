import type { Server } from "node:http";
import { env } from "@/server/env";
import { quietenStoreAway } from "@/server/failures";
import { offerSetup, prepareInstallation } from "@/server/installation";
import { startJobs } from "@/server/jobs";
import { log } from "@/server/log";
import { closeStore, openStore, store } from "@/server/store";
import { type Door, drained, openDoor } from "./door";
import { refuseEarly } from "./early-refusals";
import { notePeers } from "./peer";

/** What runs in this process beside the console, for whoever prints it and stops it. */
export type Running = {
  door: Door;
  place: string;
  setupLink: string | null;
  /** Refuses what the console's port should not see; answers whether it did. */
  refuseEarly: typeof refuseEarly;
  /** Answers what was accepted, on the console's server too, then closes the store. */
  stop(console?: Server): Promise<void>;
};

declare global {
  var signetRunning: Running | undefined;
  /** Set by `signet serve` once the console's port listens. */
  var signetConsole: { port: number } | undefined;
}

const CONSOLE_CHECK_MS = 2000;

/** Opens the store, starts the jobs and opens the product door. A start that fails ends the process with its reason. */
export async function start(): Promise<void> {
  if (globalThis.signetRunning) return;
  try {
    globalThis.signetRunning = await begin(() => new Date());
  } catch (error) {
    process.stderr.write(`Signet can not start. ${reasonOf(error)}\n`);
    log().debug({ err: error }, "start failed");
    await closeStore().catch(() => {});
    process.exit(1);
  }
}

async function begin(clock: () => Date): Promise<Running> {
  const settings = env();
  notePeers();
  quietenStoreAway();
  await openStore(settings);
  await prepareInstallation(clock());
  const stopJobs = await startJobs(clock);
  const door = await openDoor(settings, { clock, isReady: consoleAnswers });
  const setupToken = await offerSetup(clock());
  const stop = async (console?: Server) => {
    await Promise.all([door.close(), console && drained(console)]);
    await stopJobs();
    await closeStore();
  };
  const setupLink = setupToken && `${settings.PUBLIC_URL}/setup?token=${setupToken}`;
  return { door, place: store().place, setupLink, refuseEarly, stop };
}

/** Asks the console's port itself: a door before a dead console is not ready. */
async function consoleAnswers(): Promise<boolean> {
  const { PORT, HOST } = env();
  const port = globalThis.signetConsole?.port ?? PORT;
  const url = `http://${HOST ?? "127.0.0.1"}:${port}/health`;
  return fetch(url, { signal: AbortSignal.timeout(CONSOLE_CHECK_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Error messages from the outermost to the cause, as sentences. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? `${error.message} ${reasonOf(error.cause)}` : error.message;
}
