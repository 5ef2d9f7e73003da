import type { Position } from "@/server/store/cursor";
import { compareSeats, type LiveSeat, type SeatOrder } from "./live-seat";
import { allUsesOf, usesOf } from "./seat-uses";

/** Seats in ascending order, and the position of each. */
export type Order = {
  sorted: readonly LiveSeat[];
  positionOf(seat: LiveSeat): Position;
  /** Compares a seat with a position: negative before it, 0 at it, positive after it. */
  standsTo(seat: LiveSeat, position: Position): number;
};

/** From this many on all are read at once: naming each would cost the store more. */
const MANY = 20_000;

/** Seats sorted by one of their own fields. */
export function orderBy(sorted: readonly LiveSeat[], by: SeatOrder): Order {
  const compare = compareSeats(by);
  return {
    sorted,
    positionOf: (seat) => ({ key: String(seat[by]), id: seat.instance }),
    standsTo: (seat, { key, id }) => {
      const value = typeof seat[by] === "number" ? Number(key) : key;
      return compare(seat, { ...seat, [by]: value, instance: id });
    },
  };
}

/**
 * Seats sorted by instance, now by the day of the last use, which changes without a version; seats that were never
 * used come first.
 */
export async function orderByUse(license: string, seats: readonly LiveSeat[]): Promise<Order> {
  const uses = await usesAmong(license, seats);
  const positionOf = ({ instance }: LiveSeat) => ({ key: uses.get(instance) ?? "", id: instance });
  const standsTo = (seat: LiveSeat, { key, id }: Position) => {
    const mine = positionOf(seat);
    return compareText(mine.key, key ?? "") || compareText(mine.id, id);
  };
  return { sorted: byDay(seats, uses), positionOf, standsTo };
}

/** The days of the last use of seats; those that were never used have none. */
export function usesAmong(license: string, seats: readonly LiveSeat[]): Promise<Map<string, string>> {
  if (seats.length > MANY) return allUsesOf(license);
  const instances = seats.map(({ instance }) => instance);
  return usesOf(license, instances);
}

/**
 * There are few different days: seats are put into buckets, which keep the order within a day, and only the days are
 * sorted.
 */
function byDay(seats: readonly LiveSeat[], uses: Map<string, string>): LiveSeat[] {
  const heaps = new Map<string, LiveSeat[]>();
  for (const seat of seats) {
    const day = uses.get(seat.instance) ?? "";
    const heap = heaps.get(day);
    if (heap) heap.push(seat);
    else heaps.set(day, [seat]);
  }
  return [...heaps].sort(([a], [b]) => compareText(a, b)).flatMap(([, heap]) => heap);
}

/** The first `count` seats after a position, in ascending or descending order. */
export function takeBehind(
  order: Order,
  position: Position | null,
  descending: boolean,
  count: number,
): LiveSeat[] {
  const start = startOf(order, position, descending);
  return descending
    ? order.sorted.slice(Math.max(0, start + 1 - count), start + 1).reverse()
    : order.sorted.slice(start, start + count);
}

/** The last `count` seats before a position, in ascending or descending order. */
export function takeBefore(
  { sorted, standsTo }: Order,
  position: Position,
  descending: boolean,
  count: number,
): LiveSeat[] {
  if (descending) {
    const start = firstIndex(sorted, (seat) => standsTo(seat, position) > 0);
    return sorted.slice(start, start + count).reverse();
  }
  const end = firstIndex(sorted, (seat) => standsTo(seat, position) >= 0);
  return sorted.slice(Math.max(0, end - count), end);
}

/** The number of seats before those that `takeBehind` takes. */
export function countBefore(order: Order, position: Position | null, descending: boolean): number {
  const start = startOf(order, position, descending);
  return descending ? order.sorted.length - 1 - start : start;
}

/** The seat at a rank, counted from 0 in ascending or descending order. */
export function seatAt({ sorted }: Order, rank: number, descending: boolean): LiveSeat | undefined {
  return sorted[descending ? sorted.length - 1 - rank : rank];
}

function startOf({ sorted, standsTo }: Order, position: Position | null, descending: boolean): number {
  if (!position) return descending ? sorted.length - 1 : 0;
  return descending
    ? firstIndex(sorted, (seat) => standsTo(seat, position) >= 0) - 1
    : firstIndex(sorted, (seat) => standsTo(seat, position) > 0);
}

/** The index of the first seat that passes, if all after it pass too. */
function firstIndex(sorted: readonly LiveSeat[], passes: (seat: LiveSeat) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const seat = sorted[middle];
    if (seat && passes(seat)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
