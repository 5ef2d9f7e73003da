import { randomUUID } from "node:crypto";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Agent, type AgentOptions, type Clock, openAgent } from "@/agent";
import { seeded } from "@/server/sample/random";
import type { Link } from "./link";
import type { Timeline } from "./timeline";

/** A running agent, from its start to its end. */
export type Life = {
  agent: Agent;
  /** Resolves when the process was killed. */
  died: Promise<typeof DIED>;
  /** Kills it after so many more steps of its work with disk and backend. */
  killAfter(steps: number): void;
  /** Copies its store as a backup of the machine does. */
  copyTo(folder: string): void;
  /** Closes it, dead or alive. */
  end(): Promise<void>;
  /** Ends it at once: it reaches nobody any more. */
  cutOff(): Promise<void>;
};

/** How an agent is opened; an ordinary one unless a machine says otherwise. */
export type OpenAgent = (options: AgentOptions) => Promise<Agent>;

export type Birth = {
  timeline: Timeline;
  open?: OpenAgent | undefined;
  /** Opens its own link to the product API. */
  connect: () => Promise<Link>;
  folder: string;
  source: string;
  seed: number;
  /** How far the wall clock is off, in milliseconds. */
  skew: () => number;
  /** The memory of the machine, which a reboot clears. */
  memory: Memory;
  /** Called when the process was killed; `folder` has the disk at that moment. */
  killed: (folder: string) => Promise<void>;
};

/** What the witness of a machine's store has seen. */
export type Memory = { seen: Seen | null };
type Seen = { run: string; changes: number };

export const DIED = Symbol("died");

const STORE = "agent.mdb";

/** Starts an agent on a folder, in virtual time and with its own link to the product API. */
export async function beginLife(birth: Birth): Promise<Life> {
  const { timeline, folder, source, seed, open = openAgent } = birth;
  const link = await birth.connect();
  let isAlive = true;
  let stepsLeft = Number.POSITIVE_INFINITY;
  let die = (_: typeof DIED) => {};
  const died = new Promise<typeof DIED>((resolve) => {
    die = resolve;
  });
  const copyTo = (target: string) => {
    mkdirSync(target, { recursive: true });
    copyFileSync(join(folder, STORE), join(target, STORE));
  };
  /** Only the disk as of this step is left; nothing that the old process still does reaches anybody. */
  const passed = () => {
    stepsLeft -= 1;
    if (!isAlive || stepsLeft > 0) return;
    isAlive = false;
    const left = `${folder}-${seed}`;
    copyTo(left);
    link.cut();
    die(DIED);
    timeline.after(0, () => birth.killed(left));
  };
  const ids = [source]; // The first id is the source's, the others are those of sessions.
  const agent = await open({
    backend: link.url,
    data: folder,
    clock: clockOf(timeline, birth.skew, () => isAlive),
    random: seeded(seed).next,
    newId: () => ids.shift() ?? randomUUID(),
    isFast: true,
    witness: {
      read: () => birth.memory.seen,
      write: (seen) => {
        if (isAlive) birth.memory.seen = seen;
      },
    },
    passed,
  });
  return {
    agent,
    died,
    killAfter(steps) {
      stepsLeft = steps;
    },
    copyTo,
    async end() {
      await agent.close();
      isAlive = false;
      await link.close();
    },
    async cutOff() {
      isAlive = false;
      link.cut();
      die(DIED);
      await agent.close();
      await link.close();
    },
  };
}

/** The clocks of a machine: one that people set, and one that restarts with each start. */
function clockOf(timeline: Timeline, skew: () => number, isAlive: () => boolean): Clock {
  const begun = timeline.now();
  return {
    wall: () => timeline.now() + skew(),
    ticks: () => timeline.now() - begun,
    uptime: () => timeline.now(),
    after: (ms, run) =>
      timeline.after(ms, async () => {
        if (isAlive()) await run();
      }),
  };
}
