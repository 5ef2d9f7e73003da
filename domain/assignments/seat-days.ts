import { addDays } from "@/domain/month";

/** How many seats were taken more than released on a UTC day: the highest it came to, and at its end, summed since the first of the days. */
export type SeatMoves = { day: string; peak: number; end: number };

/** How many seats were held at the end of each of the days, the last one now, and the most at any moment. */
export type SeatDays = { days: number[]; most: number };

/** Reckons back from how many seats are held now; days without moves are those before them. */
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
