import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { atEnd } from "./cleanup";

/** A server under measurement. */
export type Server = { port: number; readyMs: number; residentMb(): number; stop(): Promise<void> };

type Plan = {
  /** The arguments of node. */
  args: string[];
  port: number;
  /** The path that answers 200 once the server is ready. */
  readyPath?: string;
  env: Record<string, string>;
  cwd?: string;
};

const READY_WITHIN_MS = 240_000;
const STOP_WITHIN_MS = 15_000;

/** Starts a server and waits until it is ready. It never outlives this process. */
export async function startServer({ args, port, env, cwd, readyPath = "/ready" }: Plan): Promise<Server> {
  const begun = performance.now();
  const child = spawnNode(args, env, cwd);
  await untilReady(child, `http://127.0.0.1:${port}${readyPath}`);
  const readyMs = performance.now() - begun;
  const residentMb = () => Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)])) / 1024;
  return { port, readyMs, residentMb, stop: child.stop };
}

/** Runs a node program to its end; it must succeed. */
export async function runToEnd(args: string[], env: Record<string, string> = {}): Promise<void> {
  const child = spawnNode(args, env);
  if ((await child.ended) !== 0) throw new Error(`${args.join(" ")} failed:\n${child.said()}`);
}

type Child = ReturnType<typeof spawnNode>;

function spawnNode(args: string[], env: Record<string, string>, cwd?: string) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      said = (said + chunk).slice(-4000);
    });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = once(child, "close").then(([code]) => {
    process.off("exit", kill);
    return code as number | null;
  });
  const stop = async () => {
    const deadline = setTimeout(kill, STOP_WITHIN_MS);
    child.kill("SIGTERM");
    await ended;
    clearTimeout(deadline);
  };
  atEnd(stop);
  return { pid: child.pid, ended, stop, said: () => said, lives: () => child.exitCode === null };
}

async function untilReady(child: Child, url: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await isReady(url))) {
    if (!child.lives() || performance.now() > deadline)
      throw new Error(`A server did not become ready:\n${child.said()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function isReady(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
