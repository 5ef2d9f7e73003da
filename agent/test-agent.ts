import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Agent, type AgentOptions, openAgent } from "./agent";
import { TestBackend, type Tls } from "./test-backend";
import { VirtualClock } from "./test-clock";
import type { Witness } from "./witness";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** One agent, its backend and a virtual clock; closed with the test. */
export type World = {
  clock: VirtualClock;
  backend: TestBackend;
  data: string;
  agent: Agent;
  /** Closes the agent and opens it again on the same folder. */
  restart(options?: Partial<AgentOptions>): Promise<Agent>;
};

export async function world(
  options: Partial<AgentOptions> = {},
  begin = "2026-03-10T08:00:00Z",
  tls?: Tls,
): Promise<World> {
  const clock = new VirtualClock(begin);
  const backend = await TestBackend.open(clock.time, tls);
  const data = newFolder();
  const open = (more: Partial<AgentOptions> = {}) =>
    openAgent({
      ...{ backend: backend.url, data, clock, random: () => 0.5, isFast: true, witness: null },
      ...options,
      ...more,
    });
  const all: World = {
    clock,
    backend,
    data,
    agent: await open(),
    async restart(more) {
      await all.agent.close();
      all.agent = await open(more);
      return all.agent;
    },
  };
  onTestFinished(async () => {
    await all.agent.close();
    await backend.close();
  });
  return all;
}

/** A world with a key entered and everything exchanged once. */
export async function licensed(options: Partial<AgentOptions> = {}, begin?: string): Promise<World> {
  const all = await world(options, begin);
  await all.agent.enterKey(await all.backend.newKey());
  await all.agent.sync();
  all.backend.seen.length = 0;
  return all;
}

/** A world whose license is bounded, on a machine with a witness. */
export async function bounded(options: Partial<AgentOptions> = {}, begin?: string): Promise<World> {
  const all = await world({ witness: memoryWitness(), ...options }, begin);
  all.backend.settings = { ...all.backend.settings, whenOffline: "bounded" };
  await all.agent.enterKey(await all.backend.newKey());
  await all.agent.sync();
  all.backend.seen.length = 0;
  return all;
}

/** The memory of a machine, for one folder. */
export function memoryWitness(): Witness {
  let seen: ReturnType<Witness["read"]> = null;
  return {
    read: () => seen,
    write(next) {
      seen = next;
    },
  };
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "agent-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
