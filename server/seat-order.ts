import type { Position } from "./cursor";
import { allUsesOf, compareSeats, type LiveSeat, type LiveSeats, type SeatOrder } from "./live-seats";

/** Seats in ascending order, and where each stands in it. */
type Order = {
  sorted: readonly LiveSeat[];
  positionOf(seat: LiveSeat): Position;
  /** How a seat stands to a position: negative before it, 0 at it, positive behind it. */
  standsTo(seat: LiveSeat, position: Position): number;
};

/** By something of the seat itself. */
export function orderBy(seats: LiveSeats, by: SeatOrder): Order {
  const compare = compareSeats(by);
  return {
    sorted: seats.sorted(by),
    positionOf: (seat) => ({ key: String(seat[by]), id: seat.instance }),
    standsTo: (seat, { key, id }) => {
      const value = typeof seat[by] === "number" ? Number(key) : key;
      return compare(seat, { ...seat, [by]: value, instance: id });
    },
  };
}

/** By the day of the last use, which changes without a version; those never used come first. */
export async function orderByUse(license: string, seats: LiveSeats): Promise<Order> {
  const uses = await allUsesOf(license);
  const positionOf = ({ instance }: LiveSeat) => ({ key: uses.get(instance) ?? "", id: instance });
  const standsTo = (seat: LiveSeat, { key, id }: Position) => {
    const mine = positionOf(seat);
    return compareText(mine.key, key ?? "") || compareText(mine.id, id);
  };
  return { sorted: byDay(seats.sorted("instance"), uses), positionOf, standsTo };
}

/** Days are few: seats are laid on heaps, which keeps those of a day in their order, and only the days are sorted. */
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

/** The first `count` seats behind a position that are wanted, in ascending or descending order. */
export function takeBehind(
  order: Order,
  position: Position | null,
  descending: boolean,
  isWanted: (seat: LiveSeat) => boolean,
  count: number,
): LiveSeat[] {
  const step = descending ? -1 : 1;
  const taken: LiveSeat[] = [];
  for (let i = startOf(order, position, descending); taken.length < count; i += step) {
    const seat = order.sorted[i];
    if (!seat) break;
    if (isWanted(seat)) taken.push(seat);
  }
  return taken;
}

/** How many wanted seats stand before what `takeBehind` takes. */
export function countBefore(
  order: Order,
  position: Position | null,
  descending: boolean,
  isWanted: (seat: LiveSeat) => boolean,
): number {
  const start = startOf(order, position, descending);
  const [from, to] = descending ? [start + 1, order.sorted.length] : [0, start];
  let count = 0;
  for (let i = from; i < to; i += 1) {
    const seat = order.sorted[i];
    if (seat && isWanted(seat)) count += 1;
  }
  return count;
}

function startOf({ sorted, standsTo }: Order, position: Position | null, descending: boolean): number {
  if (!position) return descending ? sorted.length - 1 : 0;
  return descending
    ? firstIndex(sorted, (seat) => standsTo(seat, position) >= 0) - 1
    : firstIndex(sorted, (seat) => standsTo(seat, position) > 0);
}

/** The index of the first seat that passes, where all behind it pass too. */
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
