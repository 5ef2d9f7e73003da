import { type ChildProcess, spawn } from "node:child_process";
import { endingOf, outputOf } from "@/e2e/child";
import type { accountToRunAs } from "@/scripts/postgres";
import type { Stage } from "./scenario";
import { type Tool, toolPath } from "./tools";

/** A program of Debian that can be killed and started again; it ends with the scenario. */
export type Program = {
  start(): void;
  /** Kills it and resolves when it is dead. */
  kill(): Promise<void>;
  /** What it wrote, since its last start. */
  output(): string;
};

type Choice = {
  account?: ReturnType<typeof accountToRunAs>;
  env?: Record<string, string>;
};

const END_MS = 20_000;

export function program(
  { atEnd }: Stage,
  tool: Tool,
  args: string[],
  { account = {}, env = {} }: Choice = {},
): Program {
  let running: { child: ChildProcess; ended: ReturnType<typeof endingOf> } | null = null;
  let output = () => "";
  const kill = async () => {
    running?.child.kill("SIGKILL");
    await running?.ended(END_MS);
    running = null;
  };
  atEnd(kill);
  return {
    start() {
      const child = spawn(toolPath(tool), args, {
        ...account,
        cwd: "/",
        env: { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C.UTF-8", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      running = { child, ended: endingOf(child) };
      output = outputOf(child);
    },
    kill,
    output: () => output(),
  };
}
