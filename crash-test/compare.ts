import { setTimeout as pause } from "node:timers/promises";
import type { MonthUsage } from "@/server/consumption/usage";
import type { Acknowledged } from "./acknowledged";
import type { Stand } from "./stand";

/** A rule that must hold in the end, and what breaks it. */
export type Rule = { rule: string; broken: string[] };

type Listed = { items: { subject: string; source: string }[]; cursor: string | null };

const SETTLE_TRIES = 40;
const SETTLE_MS = 250;

/** Lets the agent report everything, and compares what was acknowledged with the server's data. */
export async function compare(stand: Stand, held: Acknowledged, months: string[]): Promise<Rule[]> {
  const waiting = await settled(stand);
  const { seats, minutes, rules } = await compareStore(stand, held, months);
  const shown = (await stand.agent.client().assignments()).map(({ subject }) => subject);
  const { source } = await stand.agent.client().license();
  const byAgent = minutes.get(source) ?? 0;
  await stand.agent.kill();
  await stand.server().stop();
  return [
    { rule: "no response was one that should never occur", broken: held.faults },
    { rule: "the agent reported everything", broken: waiting },
    ...rules,
    {
      rule: "the agent shows the seats of the server",
      broken: [...missing(seats, shown), ...missing(shown, seats)],
    },
    {
      rule: "every charged minute counts once",
      broken:
        byAgent >= held.charged && byAgent <= held.charged + held.open
          ? []
          : [`${byAgent} are booked, ${held.charged} were charged, ${held.open} are open`],
    },
    { rule: "the store keeps its rules", broken: [await stand.check()].filter((text) => text !== "") },
  ];
}

/** Compares what products were told with what the management API says of their license. */
export async function compareStore(
  store: Pick<Stand, "ask" | "license">,
  held: Acknowledged,
  months: string[],
) {
  const seats = await seatsOf(store);
  const minutes = await minutesOf(store, months);
  const rules: Rule[] = [
    { rule: "every assigned seat is there", broken: missing(held.seats, seats) },
    { rule: "every released seat is gone", broken: missing(seats, held.seats) },
    { rule: "nobody holds a seat twice", broken: twice(seats) },
    { rule: "every reported minute counts once", broken: wrongMinutes(held, minutes) },
  ];
  return { seats, minutes, rules };
}

async function settled({ agent }: Stand): Promise<string[]> {
  for (let tries = 0; tries < SETTLE_TRIES; tries += 1) {
    const status = await agent
      .client()
      .sync()
      .catch(() => null);
    if (status?.waiting.patches === 0 && status.waiting.minutes === 0) return [];
    await pause(SETTLE_MS);
  }
  const { waiting, error } = await agent.client().license();
  return [JSON.stringify({ waiting, error })];
}

async function seatsOf({ ask, license }: Pick<Stand, "ask" | "license">): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const page: Listed = await ask(`/licenses/${license}/assignments?limit=200${after}`);
    found.push(...page.items.map(({ subject }) => subject));
    cursor = page.cursor;
  }
  return found;
}

/** Minutes by source, over all months of the run. */
async function minutesOf(
  { ask, license }: Pick<Stand, "ask" | "license">,
  months: string[],
): Promise<Map<string, number>> {
  const minutes = new Map<string, number>();
  for (const month of months) {
    const { allotments } = await ask<MonthUsage>(`/licenses/${license}/usage?month=${month}`);
    for (const { source, consumed } of allotments.flatMap(({ bySource }) => bySource))
      minutes.set(source, (minutes.get(source) ?? 0) + consumed);
  }
  return minutes;
}

function wrongMinutes({ reported }: Acknowledged, minutes: Map<string, number>): string[] {
  return [...reported]
    .filter(([source, sum]) => minutes.get(source) !== sum)
    .map(([source, sum]) => `${source} reported ${sum}, ${minutes.get(source)} are booked`);
}

function missing(wanted: Iterable<string>, found: Iterable<string>): string[] {
  const there = new Set(found);
  return [...wanted].filter((each) => !there.has(each));
}

function twice(all: string[]): string[] {
  return all.filter((each, at) => all.indexOf(each) !== at);
}
