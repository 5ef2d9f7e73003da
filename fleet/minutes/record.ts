import type { Month } from "@/domain/month";
import type { Machine } from "@/fleet/machine";

/** What people were let do, and what was seen of the pool: kept apart from every book of agents and server. */
export type MinuteRecord = {
  /** Minutes of work that were granted, by the month of the block: one block for each yes. */
  granted: Map<Month, number>;
  /** The same by the run that paid for them, as `runKey` names it. */
  byRun: Map<string, number>;
  /** Denials at the limit of the license, not of one deployment. */
  quotaDenials: UsableAt[];
  /** What was free in the pool, every ten minutes. */
  free: { at: number; free: number }[];
  /** What copies of a machine's memory held when they were made: each may spend it once more. */
  copiedMinutes: number;
  /** What the lost tail of the server had granted to runs that were silent through the hold. */
  lostMinutes: number;
  counts: Map<string, number>;
};

/** The part of the cap that was used, or can be used by whoever holds it, at one moment. */
type UsableAt = { at: number; month: Month; minutes: number };

export function openMinuteRecord(): MinuteRecord {
  const sums = { copiedMinutes: 0, lostMinutes: 0 };
  return { granted: new Map(), byRun: new Map(), quotaDenials: [], free: [], ...sums, counts: new Map() };
}

export function count({ counts }: MinuteRecord, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

/** Notes a block that was granted; `run` is null if another one began meanwhile. */
export function noteGrant(
  { granted, byRun }: MinuteRecord,
  { source, run, month }: { source: string; run: string | null; month: Month },
  minutes: number,
): void {
  granted.set(month, (granted.get(month) ?? 0) + minutes);
  if (run === null) return;
  const key = runKey({ source, run, month });
  byRun.set(key, (byRun.get(key) ?? 0) + minutes);
}

export function runKey({ source, run, month }: { source: string; run: string; month: Month }): string {
  return `${source} ${run} ${month}`;
}

/** Minutes of a month that running agents have charged and not reported, and what they hold and can still spend. */
export function minutesAtAgents(machines: readonly Machine[], month: Month, uptime: number): number {
  return machines.reduce(
    (sum, machine) => sum + unreportedAt(machine, month) + spendableAt(machine, month, uptime),
    0,
  );
}

/** What a running agent holds of a month and can still spend. */
export function spendableAt({ life }: Machine, month: Month, uptime: number): number {
  const budgets = [...(life?.agent.state().budgets.values() ?? [])];
  return budgets
    .filter((each) => each.month === month && uptime < each.prepaid.until)
    .reduce((sum, { prepaid }) => sum + Math.max(0, prepaid.granted - prepaid.used), 0);
}

function unreportedAt({ life }: Machine, month: Month): number {
  const slots = [...(life?.agent.state().slots.values() ?? [])];
  return slots
    .filter((slot) => slot.month === month)
    .reduce((sum, { sent, pending }) => sum + (sent?.amount ?? 0) + pending, 0);
}
