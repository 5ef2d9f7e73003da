import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Agent } from "@/agent";
import { AgentRefusal } from "@/agent";
import { type Random, seeded } from "@/server/sample/random";
import { beginLife, DIED, type Life, type Memory, type OpenAgent } from "./life";
import type { Delivery, Link } from "./link";
import { deliveryIn, type NetworkState } from "./network-faults";
import type { Timeline } from "./timeline";

/** The parts that all machines of a run share. */
export type Ground = {
  timeline: Timeline;
  /** Opens a link to the product API; `deliveryOf` is called once for every request. */
  connect: (deliveryOf: () => Delivery) => Promise<Link>;
  /** The folder of the agents' stores. */
  folder: string;
  /** Called for every request. */
  requested: () => void;
  /** The state of the backend's network, which affects everyone. */
  weather: NetworkState;
};

/** The result of a call: a response, a refusal with its code, an end of the process that leaves it open, or nobody there. */
export type CallResult<Answer> = { answer: Answer } | { refused: string } | "died" | "off";

/** A customer's machine with an agent on it: it is switched off and on, killed, restored and cloned. */
export type Machine = {
  name: string;
  /** The id by which the server knows it; a clone has the source of its origin. */
  source: string;
  people: string[];
  random: Random;
  /** The state of this machine's network. */
  weather: NetworkState;
  /** How far its wall clock is off, in milliseconds. */
  skew: number;
  life: Life | null;
  /** What its storage in memory holds. */
  memory: Memory;
  call<Answer>(work: (agent: Agent) => Promise<Answer>): Promise<CallResult<Answer>>;
  start(): Promise<void>;
  /** Ends it like a shutdown. */
  stop(): Promise<void>;
  /** Switches it off without a shutdown. */
  cutOff(): Promise<void>;
  /** Kills it at one of its next steps; it is started again some minutes later, after a power cut by a reboot. */
  kill(steps: number, minutesOff: number, isPowerCut?: boolean): void;
  /** Copies its disk, for a backup or for another machine. */
  copyDisk(name: string): string;
  /** Replaces the disk; the machine has to be off. */
  putDisk(folder: string): void;
};

export type NewMachine = {
  name: string;
  source: string;
  people: string[];
  seed: number;
  disk?: string;
  open?: OpenAgent;
};

const MINUTE = 60_000;
/** Longer than the longest pause, and never up to a change of month: an agent's time may be a second behind. */
const QUIET = 125 * MINUTE;

export function makeMachine(ground: Ground, wanted: NewMachine): Machine {
  const { name, source, people, seed, disk, open } = wanted;
  const { timeline } = ground;
  const random = seeded(seed);
  const network = seeded(seed + 1);
  let folder = disk ?? join(ground.folder, name);
  let lives = 0;
  let minutesOff = 1;
  let isReboot = false;

  const deliveryOf = (): Delivery => {
    ground.requested();
    const weather = ground.weather === "clear" ? machine.weather : ground.weather;
    return deliveryIn(weather, network);
  };

  const killed = async (left: string) => {
    await machine.stop();
    machine.putDisk(left);
    if (isReboot) machine.memory.seen = null;
    timeline.after(minutesOff * MINUTE, machine.start);
  };

  const machine: Machine = {
    ...{ name, source, people, random, weather: "clear", skew: 0, life: null, memory: { seen: null } },
    async call(work) {
      const { life } = machine;
      if (!life) return "off";
      const done = resultOf(life, work);
      const result = await Promise.race([done, life.died]);
      if (result === DIED) return "died";
      await Promise.race([life.agent.settled(), life.died]);
      return result;
    },
    async start() {
      if (machine.life) return;
      lives += 1;
      const skew = () => machine.skew;
      const birth = {
        timeline,
        open,
        connect: () => ground.connect(deliveryOf),
        folder,
        source,
        seed: seed + 1 + lives,
        skew,
        memory: machine.memory,
        killed,
      };
      machine.life = await beginLife(birth);
    },
    async stop() {
      const { life } = machine;
      machine.life = null;
      await life?.end();
    },
    async cutOff() {
      const { life } = machine;
      machine.life = null;
      await life?.cutOff();
    },
    kill(steps, minutes, isPowerCut = false) {
      minutesOff = minutes;
      isReboot = isPowerCut;
      machine.life?.killAfter(steps);
    },
    copyDisk(copy) {
      const target = join(ground.folder, copy);
      machine.life?.copyTo(target);
      return target;
    },
    putDisk(other) {
      rmSync(folder, { recursive: true, force: true });
      folder = other;
    },
  };
  return machine;
}

async function resultOf<Answer>(
  { agent }: Life,
  work: (agent: Agent) => Promise<Answer>,
): Promise<CallResult<Answer>> {
  try {
    return { answer: await work(agent) };
  } catch (error) {
    if (error instanceof AgentRefusal) return { refused: error.code };
    throw error;
  }
}

/** A person who enters a key tries again if it doesn't work at once. */
export async function enterKey(timeline: Timeline, machine: Machine, key: string): Promise<void> {
  const result = await machine.call((agent) => agent.enterKey(key));
  if (typeof result === "object" && "answer" in result) return;
  timeline.after(MINUTE, () => enterKey(timeline, machine, key));
}

/** Ends the faults: time alone has to bring everyone back. */
export async function endFaults(ground: Ground, machines: readonly Machine[]): Promise<void> {
  ground.weather = "clear";
  for (const machine of machines) {
    machine.weather = "clear";
    machine.kill(Number.POSITIVE_INFINITY, 0);
    await machine.start();
  }
  await ground.timeline.play(ground.timeline.now() + QUIET);
}
