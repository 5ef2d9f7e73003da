import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AgentClient, agentClient } from "@/agent";
import { bundle } from "@/bin/bundle.mjs";

/** An agent in a process of its own, which starts again on the same folder after each death. */
export type AgentProcess = {
  client(): AgentClient;
  /** Kills it after so many more steps of its work with disk and backend; resolves when it is dead. */
  dieIn(steps: number): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Kills it for good. */
  close(): Promise<void>;
};

export function agentProcess(backend: string, data: string): AgentProcess {
  const victim = bundle("agent/kill-victim.ts");
  let child: ChildProcess | null = null;
  let client = agentClient();
  const drop = () => void child?.kill("SIGKILL");
  process.once("exit", drop);

  const dead = async () => {
    if (child && child.exitCode === null && child.signalCode === null) await once(child, "exit");
    child = null;
  };
  const kill = async () => {
    drop();
    await dead();
  };
  return {
    client: () => client,
    async dieIn(steps) {
      child?.send({ stepsLeft: steps });
      await dead();
    },
    kill,
    async start() {
      const env = { ...process.env, VICTIM: JSON.stringify({ backend, data }) };
      child = spawn(process.execPath, [await victim], { env, stdio: ["ignore", "pipe", "inherit", "ipc"] });
      const [line] = child.stdout ? await once(child.stdout, "data") : [];
      client = agentClient({ url: String(line).trim() });
    },
    async close() {
      process.off("exit", drop);
      await kill();
    },
  };
}
