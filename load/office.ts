import { setTimeout as pause } from "node:timers/promises";
import { type AgentClient, agentClient } from "@/agent";
import { type RunningAgent, startAgent } from "@/e2e/agent-process";
import { seeded } from "@/server/sample/random";
import { type Running, repeated } from "./repeated";

/** A product with its agent, as users start it, and the people who work with it. */
export type Office = {
  agent: RunningAgent;
  work: Running;
  /** What the agent granted: minutes, and the users with a seat. */
  held: { charged: number; seats: Set<string> };
  /** Reports what is left, and stops the agent. */
  close(): Promise<void>;
};

const PEOPLE = 50;
const EVERY_MS = 200;
const SEAT_CHANGE = 0.1;
/** The machine may be busy: this run is about growth, not about speed. */
const PATIENCE_MS = 60_000;
const SETTLE_TRIES = 60;
const SETTLE_MS = 500;

export async function openOffice(backend: string, key: string): Promise<Office> {
  const agent = await startAgent(backend);
  const client = agentClient({ url: agent.url, patience: PATIENCE_MS });
  await client.enterKey(key);
  const held = { charged: 0, seats: new Set<string>() };
  return {
    ...{ agent, held, work: repeated(EVERY_MS, workOf(client, held)) },
    async close() {
      await reportAll(client);
      await agent.stop();
    },
  };
}

/** One person signs in and works for a minute; some get a seat or give it back. Everybody has one session. */
function workOf(client: AgentClient, held: Office["held"]): () => Promise<void> {
  const random = seeded(2);
  return async () => {
    const subject = `OFFICE\\person-${random.between(1, PEOPLE)}`;
    await client.access(subject);
    if (random.chance(SEAT_CHANGE)) return changeSeat(client, subject, held.seats);
    const { charged } = await client.time({ minutes: 1, subject, session: subject, app: "Sales" });
    held.charged += charged;
  };
}

async function changeSeat(client: AgentClient, subject: string, seats: Set<string>): Promise<void> {
  if (seats.delete(subject)) return void (await client.release(subject, "professional"));
  await client.assign(subject, "professional");
  seats.add(subject);
}

async function reportAll(client: AgentClient): Promise<void> {
  for (let tries = 0; tries < SETTLE_TRIES; tries += 1) {
    const { waiting } = await client.sync();
    if (waiting.patches === 0 && waiting.minutes === 0) return;
    await pause(SETTLE_MS);
  }
  throw new Error(`The agent didn't report everything: ${JSON.stringify(await client.license())}`);
}
