import { monthOf } from "@/domain/month";
import type { Machine } from "@/fleet/machine";
import type { Timeline } from "@/fleet/timeline";
import { type Random, seeded } from "@/server/sample/random";
import { count, type MinuteRecord, noteGrant } from "./record";

/** `block` is in minutes; nobody comes after `until`. `atLimit` is called at each denial that is about the license. */
export type Around = {
  timeline: Timeline;
  record: MinuteRecord;
  block: number;
  until: number;
  atLimit(): Promise<void>;
};

type Visit = { subject: string; session: string; blocks: number; rest: number };

const MINUTE = 60_000;
const MOST_BLOCKS = 6;

/**
 * Lets everyone at a machine come and go until the end. Each person has numbers of their own, so that the same people
 * come at the same times whatever they are answered.
 */
export function settleIn(around: Around, machine: Machine, seed: number): void {
  for (const [nth, subject] of machine.people.entries())
    comeAgain(around, machine, subject, seeded(seed + nth));
}

function comeAgain(around: Around, machine: Machine, subject: string, random: Random): void {
  later(around, random.between(60, 600), async () => {
    const session = String(Math.floor(around.timeline.now() / MINUTE));
    const [blocks, rest] = [random.between(1, MOST_BLOCKS), random.between(1, around.block - 1)];
    comeAgain(around, machine, subject, random);
    await beginBlock(around, machine, { subject, session, blocks, rest }, 0);
  });
}

/** Asks whether work may go on for a block. Whoever is denied, or gets no response, leaves. */
async function beginBlock(around: Around, machine: Machine, visit: Visit, minutes: number): Promise<void> {
  const { record, block } = around;
  const result = await timeAt(machine, visit, minutes);
  if (typeof result === "string") return count(record, `calls ${result}`);
  if ("refused" in result) return count(record, `calls refused ${result.refused}`);
  const { granted, reason = "", month, run } = result.answer;
  if (!granted) {
    count(record, `denied ${reason}`);
    return reason.startsWith("QUOTA_") ? around.atLimit() : undefined;
  }
  count(record, "blocks granted");
  noteGrant(record, { source: machine.source, run, month }, block);
  if (visit.blocks > 1)
    later(around, block, () => beginBlock(around, machine, { ...visit, blocks: visit.blocks - 1 }, block));
  else later(around, visit.rest, async () => void (await timeAt(machine, visit, visit.rest)));
}

function timeAt(machine: Machine, { subject, session }: Visit, minutes: number) {
  return machine.call(async (agent) => {
    const month = monthOf(new Date(agent.now()));
    const { run } = agent.state();
    const answer = await agent.time({ subject, session, minutes });
    return { ...answer, month, run: agent.state().run === run ? run : null };
  });
}

function later({ timeline, until }: Around, minutes: number, run: () => Promise<void>): void {
  if (timeline.now() + minutes * MINUTE < until) timeline.after(minutes * MINUTE, run);
}
