import { addDays } from "@/domain/month";

/**
 * The net number of seats taken on a UTC day: its highest value in the day and its value at the end, summed since the
 * first day.
 */
export type SeatMoves = { day: string; peak: number; end: number };

/** How many seats were held at the end of each day, the last one being now, and the most at any moment. */
export type SeatDays = { days: number[]; most: number };

/** Counts back from the seats held now; days without moves have the value of the day before. */
export function seatDays(live: number, moves: readonly SeatMoves[], today: string, count: number): SeatDays {
  const first = live - (moves.at(-1)?.end ?? 0);
  const endOf = new Map(moves.map(({ day, end }) => [day, first + end]));
  let held = first;
  const days = Array.from({ length: count }, (_, i) => {
    held = endOf.get(addDays(today, i + 1 - count)) ?? held;
    return held;
  });
  return { days, most: Math.max(first, ...moves.map(({ peak }) => first + peak)) };
}
