import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endingOf, outputOf } from "./child";

/** A running `signet agent`, started the way users start it. */
export type RunningAgent = {
  pid: number;
  /** The agent's data folder. */
  data: string;
  /** The address of its control panel and of its local API. */
  url: string;
  /** Calls its local API; a 204 has no body. */
  call(method: string, path: string, body?: object): Promise<LocalResponse>;
  output(): string;
  /** Stops it with SIGTERM. Returns its exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
};

// biome-ignore lint/suspicious/noExplicitAny: tests compare the body member by member
export type LocalResponse = { status: number; body: any };

const START_MS = 60_000;
const STOP_MS = 20_000;
const READY = /Control panel: (\S+)/;

/** `secrets` are environment variables. */
type AgentStart = { data?: string; options?: string[]; secrets?: Record<string, string> };

/** Starts an agent on a free port and waits until it listens. */
export async function startAgent(
  backend: string,
  { data = newAgentFolder(), options = [], secrets = {} }: AgentStart = {},
): Promise<RunningAgent> {
  const given = ["--backend", backend, "--data", data, "--port", "0", ...options];
  const child = spawn(process.execPath, ["bin/signet.mjs", "agent", ...given], {
    env: { NODE_ENV: "production", PATH: process.env.PATH, ...secrets },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = outputOf(child);
  const ended = endingOf(child);
  const signalled = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended(STOP_MS);
  };
  const url = await new Promise<string>((done, fail) => {
    const refuse = () => fail(new Error(`The agent did not start. It said:\n${output()}`));
    const patience = setTimeout(refuse, START_MS);
    child.stdout.on("data", () => {
      const [, found] = READY.exec(output()) ?? [];
      if (found) done(found);
    });
    child.once("exit", refuse);
    child.once("exit", () => clearTimeout(patience));
  });
  return {
    pid: child.pid ?? Number.NaN,
    data,
    url,
    call: (method, path, body) => callLocal(`${url}${path}`, method, { body, token: secrets.SIGNET_TOKEN }),
    output,
    stop: () => signalled("SIGTERM"),
    kill: async () => {
      await signalled("SIGKILL");
    },
  };
}

let home: string | null = null;

/** A new folder that is removed when this process ends. */
export function newAgentFolder(): string {
  home ??= newHome();
  return mkdtempSync(join(home, "agent-"));
}

function newHome(): string {
  const folder = mkdtempSync(join(tmpdir(), "signet-e2e-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function callLocal(
  url: string,
  method: string,
  { body, token }: { body?: object | undefined; token: string | undefined },
): Promise<LocalResponse> {
  const response = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}
