import { nameKey } from "@/domain/licenses/definition";
import { MOST_UNDONE } from "@/server/assignments/undo/undo-token";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { type AssignmentFilter, findSeats } from "./assignment-list";
import type { LiveSeat } from "./live-seat";

/** Seats that were selected one by one, or all that match a filter. */
export type Selection = { instances: string[] } | { filter: AssignmentFilter };

/** The effect that a bulk change would have, computed now. `gone` seats were released in the meantime. */
export type BulkEffect = {
  count: number;
  gone: number;
  /** Seats that become free, by the name of their allotment. */
  frees: { allotment: string; count: number }[];
  /** Assignments in excess that would no longer be. */
  clears: number;
  /** How many can't be converted, because no seat is free. */
  refused: number;
  /** How many users hold a seat of the wanted allotment already. */
  already: number;
  /** Whether the change could be undone in one step. */
  canUndo: boolean;
  /** The seats that change, as many as could be undone. */
  shown: { instance: string; subject: string; allotment: string }[];
};

export async function selectSeats(license: string, selection: Selection, now: Date): Promise<LiveSeat[]> {
  return (await found(license, selection, now)).seats;
}

/** The effect of releasing, or with `into` of converting, the selected seats. */
export async function bulkEffect(
  license: string,
  selection: Selection,
  into: string | null,
  now: Date,
): Promise<BulkEffect> {
  const { seats, gone, nameOf, all } = await found(license, selection, now);
  const key = into === null ? null : nameKey(into);
  const allotments = (await allotmentsByLicense([license], now)).get(license) ?? [];
  const unitsOf = (allotment: string) => {
    const pool = allotments.find(({ name }) => nameKey(name) === allotment);
    return pool?.class === "assigned" ? pool : { units: 0, live: 0, reserved: 0 };
  };
  const moving = key === null ? seats : seats.filter(({ allotment }) => allotment !== key);
  const target = key === null ? null : unitsOf(key);
  const free = target ? Math.max(0, target.units - target.live - target.reserved) : moving.length;
  const leaving = moving.slice(0, free);
  const left = new Map<string, number>();
  for (const { allotment } of leaving) left.set(allotment, (left.get(allotment) ?? 0) + 1);
  return {
    count: leaving.length,
    gone,
    frees: [...left].map(([allotment, count]) => ({ allotment: nameOf(allotment), count })),
    clears: cleared(all, new Set(leaving), (allotment) => unitsOf(allotment).units),
    refused: moving.length - leaving.length,
    already: seats.length - moving.length,
    canUndo: leaving.length <= MOST_UNDONE,
    shown: leaving.slice(0, MOST_UNDONE).map(({ instance, subject, allotment }) => ({
      instance,
      subject,
      allotment: nameOf(allotment),
    })),
  };
}

/** How many of those in excess are released, or move up within the units. */
function cleared(
  all: readonly LiveSeat[],
  leaving: Set<LiveSeat>,
  unitsOf: (allotment: string) => number,
): number {
  const touched = new Set([...leaving].map(({ allotment }) => allotment));
  let count = 0;
  for (const allotment of touched) {
    const held = all.filter((seat) => seat.allotment === allotment);
    const stay = held.filter((seat) => !leaving.has(seat));
    const over = (seats: readonly LiveSeat[]) => Math.max(0, seats.length - unitsOf(allotment));
    count += over(held) - over(stay);
  }
  return count;
}

async function found(license: string, selection: Selection, now: Date) {
  const whole = await findSeats(license, {}, now);
  if ("filter" in selection) {
    const { seats } = await findSeats(license, selection.filter, now);
    return { ...whole, seats, gone: 0, all: whole.seats };
  }
  const wanted = new Set(selection.instances);
  const seats = whole.seats.filter(({ instance }) => wanted.has(instance));
  return { ...whole, seats, gone: wanted.size - seats.length, all: whole.seats };
}
