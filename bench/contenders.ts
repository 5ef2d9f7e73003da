import { rm } from "node:fs/promises";
import { freePort } from "@/scripts/free-port";
import { atEnd } from "./cleanup";
import { runToEnd, type Server, startServer } from "./processes";
import type { Settings } from "./stores";

/**
 * The contenders: the product API; the product API of an earlier commit; a bare `node:http` server with the same SQL;
 * a first draft as a team would write it.
 */
export type Contender = "door" | "before" | "bare" | "first";

const NEXT = "node_modules/next/dist/bin/next";
const HOST = "127.0.0.1";

/** The production server, as users start it, with the port of its console; that of another checkout if a folder is named. */
export async function startProductApi(
  settings: Settings,
  cwd?: string,
): Promise<Server & { console: number }> {
  const [port, console] = [await freePort(), await freePort()];
  const limits = { RATE_LIMIT_CALLS: "999999999" }; // one key sends here what thousands send elsewhere
  const env = {
    ...limits,
    LOG_LEVEL: "warn",
    HOST,
    PORT: String(console),
    PROTOCOL_PORT: String(port),
    ...settings,
  };
  return { ...(await startServer({ args: ["bin/signet.mjs", "serve"], port, env, cwd })), console };
}

export async function startBare(settings: Settings): Promise<Server> {
  const port = await freePort();
  const env = { PORT: String(port), ...settings };
  return startServer({ args: ["--import", "tsx", "bench/bare-server.ts"], port, env });
}

export async function startFirst(settings: Settings): Promise<Server> {
  const port = await freePort();
  atEnd(() => rm("bench/first/.next", { recursive: true, force: true }));
  await runToEnd([NEXT, "build", "bench/first"]);
  const args = [NEXT, "start", "bench/first", "--hostname", HOST, "--port", String(port)];
  return startServer({ args, port, env: settings });
}
