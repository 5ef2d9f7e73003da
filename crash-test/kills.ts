import type { StoreName } from "@/scripts/run-store";
import { type Random, seeded } from "@/server/sample/random";
import { type Acknowledged, nothingYet } from "./acknowledged";
import { workOfPerson } from "./agent-work";
import { compare, type Rule } from "./compare";
import { type Work, workOfProduct } from "./product-work";
import { STAGES } from "./relay";
import { openStand, type Stand } from "./stand";

export type KillWish = { store: StoreName; points: number; seed: number };

const PRODUCTS = 3;
const PEOPLE = 3;
const SHOWN = 5;

/** Kills server and agent at the points of a seed while everybody works, and compares at the end. */
export async function killAndCompare({ store, points, seed }: KillWish) {
  const random = seeded(seed);
  const stand = await openStand(store);
  const held = nothingYet();
  const kills = new Map<string, number>();
  const begun = monthNow();
  let isOver = false;
  try {
    const work = (nth: number): Work => ({
      ...{ license: stand.license, held, isOver: () => isOver },
      random: seeded(seed * 1000 + nth),
    });
    const deployment = { door: stand.relay.url, key: stand.key };
    const everybody = Promise.allSettled([
      ...Array.from({ length: PRODUCTS }, (_, nth) => workOfProduct(deployment, sourceOf(nth), work(nth))),
      ...Array.from({ length: PEOPLE }, (_, nth) =>
        workOfPerson(stand.agent.client, `person-${nth}`, work(100 + nth)),
      ),
    ]);
    for (let point = 0; point < points; point += 1) {
      const what = await killOne(stand, random);
      kills.set(what, (kills.get(what) ?? 0) + 1);
    }
    isOver = true;
    for (const end of await everybody) if (end.status === "rejected") held.faults.push(String(end.reason));
    const rules = await compare(stand, held, [...new Set([begun, monthNow()])]);
    return { told: told(held, kills), broken: rules.flatMap(brokenOf) };
  } finally {
    isOver = true;
    await stand.close();
  }
}

function told({ counts }: Acknowledged, kills: Map<string, number>): string {
  const words = (all: Map<string, number>) => [...all].sort().map(([what, times]) => `${times} ${what}`);
  return `${words(counts).join(", ")}; killed: ${words(kills).join(", ")}`;
}

function brokenOf({ rule, broken }: Rule): string[] {
  return broken.slice(0, SHOWN).map((each) => `${rule}: ${each}`);
}

/** One kill of the server, the agent, or both, and the restart. Returns which. */
async function killOne(stand: Stand, random: Random): Promise<string> {
  const dice = random.next();
  if (dice < 0.4) {
    await stand.agent.dieIn(random.between(1, 60));
    await stand.agent.start();
    return "agent, at a step of its own";
  }
  const stage = random.pick(STAGES);
  const point = { nth: random.between(1, 40), stage, delay: random.between(0, 12) };
  const isBoth = dice > 0.9;
  let dead: Promise<unknown> = Promise.resolve();
  await stand.relay.strikeAt(point, () => {
    dead = Promise.all([stand.killServer(), isBoth ? stand.agent.kill() : null]);
  });
  await dead;
  await Promise.all([stand.startServer(), isBoth ? stand.agent.start() : null]);
  return `${isBoth ? "server and agent" : "server"}, a request ${stage}`;
}

function sourceOf(nth: number): string {
  return `${String(nth).padStart(8, "0")}-0000-4000-8000-000000000000`;
}

function monthNow(): string {
  return new Date().toISOString().slice(0, 7);
}
