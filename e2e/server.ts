import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { freePort } from "@/scripts/free-port";
import { endingOf, outputOf } from "./child";
import { recording } from "./described";

/** A production server, started the way users start it, and its output so far. */
export type RunningServer = {
  pid: number;
  /** Base URLs of the console's port and of the product API. */
  console: string;
  door: string;
  /** The owner token in SIGNET_ADMIN_TOKEN; a new one unless the settings have it. */
  token: string;
  output(): string;
  /** Stops it with SIGTERM. Returns its exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
};

type Settings = Record<string, string>;

const SERVE = [process.execPath, "bin/signet.mjs", "serve"];
const START_MS = 240_000;
const STOP_MS = 20_000;

/** Starts `signet serve`, or a command that starts it, on free ports and waits until it is ready. */
export async function startServer(settings: Settings, command = SERVE): Promise<RunningServer> {
  const server = await spawnServer(settings, command);
  const patience = Date.now() + START_MS;
  while (!(await isReady(server.door))) {
    if (!server.exited() && Date.now() < patience) await new Promise((done) => setTimeout(done, 100));
    else await server.kill().then(() => throwNotReady(server));
  }
  return server;
}

function throwNotReady({ output }: RunningServer): never {
  throw new Error(`The server did not become ready. It said:\n${output()}`);
}

/** Starts a server that is expected to fail. Returns its exit code and its output. */
export async function failedStart(settings: Settings): Promise<{ code: number | null; output: string }> {
  const server = await spawnServer(settings);
  const code = await server.ended(START_MS);
  return { code, output: server.output() };
}

async function spawnServer(settings: Settings, [program = "", ...args] = SERVE) {
  const { PORT = String(await freePort()), PROTOCOL_PORT = String(await freePort()) } = settings;
  const { SIGNET_ADMIN_TOKEN: token = randomBytes(24).toString("base64url") } = settings;
  const child = spawn(program, args, {
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      LOG_LEVEL: "debug",
      SIGNET_ADMIN_TOKEN: token,
      QRS_FACADE: "on",
      PORT,
      PROTOCOL_PORT,
      ...recording(),
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = endingOf(child);
  const output = outputOf(child);
  const stop = () => {
    child.kill("SIGTERM");
    return ended(STOP_MS);
  };
  const kill = async () => {
    child.kill("SIGKILL");
    await ended(STOP_MS);
  };
  const host = settings.HOST ? `[${settings.HOST}]` : "localhost";
  return {
    pid: child.pid ?? Number.NaN,
    console: `http://${host}:${PORT}`,
    door: `http://${host}:${PROTOCOL_PORT}`,
    token,
    output,
    stop,
    kill,
    ended,
    exited: () => child.exitCode !== null || child.signalCode !== null,
  };
}

/** Whether a port reports that the store and the rest of the process are ready. */
export function isReady(base: string): Promise<boolean> {
  return fetch(`${base}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}
