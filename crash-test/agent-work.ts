import { setTimeout as pause } from "node:timers/promises";
import { type AgentClient, AgentError } from "@/agent";
import { count } from "./acknowledged";
import type { Work } from "./product-work";

/** One block of the license, in minutes. */
const BLOCK = 5;
const BETWEEN_MS = 10;
const RETRY_MS = 40;

/** A person beside the agent: works by the minute, and assigns and releases seats. */
export async function workOfPerson(agent: () => AgentClient, name: string, work: Work): Promise<void> {
  const own: string[] = [];
  for (let turn = 1; !work.isOver(); turn += 1) {
    await oneAction(agent, `${name}-${turn}`, own, work);
    await pause(BETWEEN_MS);
  }
}

async function oneAction(agent: () => AgentClient, name: string, own: string[], work: Work): Promise<void> {
  const { random, held } = work;
  const dice = random.next();
  const [seat] = own;
  if (dice < 0.5) return charge(agent, name, work);
  if (dice < 0.6) return exchange(agent, work);
  if (dice < 0.85 || !seat) {
    await answered(work, () => agent().assign(name, "professional"));
    own.push(name);
    held.seats.add(name);
    return count(held, "adds at the agent");
  }
  await answered(work, () => agent().release(seat, "professional"));
  own.shift();
  held.seats.delete(seat);
  count(held, "deletes at the agent");
}

/** A charge isn't sent again: a caller without a response starts a new session, and may be charged for both. */
async function charge(agent: () => AgentClient, session: string, { held }: Work): Promise<void> {
  held.open += BLOCK;
  try {
    const { charged } = await agent().time({ minutes: BLOCK, session });
    held.open -= BLOCK;
    held.charged += charged;
    count(held, "charges at the agent");
  } catch (error) {
    if (!isAway(error)) held.faults.push(`Time was answered ${error}.`);
  }
}

async function exchange(agent: () => AgentClient, { held }: Work): Promise<void> {
  const done = await agent()
    .sync()
    .catch(() => null);
  if (done) count(held, "syncs of the agent");
}

/**
 * Sends the same request until there is a response. A release that was done before its response was lost finds no
 * seat, which means the same to the caller.
 */
async function answered(work: Work, send: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await send();
      return;
    } catch (error) {
      if (error instanceof AgentError && error.code === "NOT_FOUND") return;
      if (!isAway(error)) return void work.held.faults.push(`A seat was answered ${error}.`);
    }
    await pause(RETRY_MS);
  }
}

function isAway(error: unknown): boolean {
  return error instanceof AgentError && error.code === "AGENT_AWAY";
}
