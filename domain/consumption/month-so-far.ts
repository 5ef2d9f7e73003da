import { addDays, monthOf } from "@/domain/month";

/**
 * For each of the last days, oldest first, how much of its month had been used at its end. `used` has the amount of each
 * day, from the first of the month that the oldest day is in.
 */
export function monthSoFar(used: ReadonlyMap<string, number>, today: string, days: number): number[] {
  const first = addDays(today, 1 - days);
  const sums: number[] = [];
  let sum = 0;
  for (let day = soFarSince(today, days); day <= today; day = addDays(day, 1)) {
    const isFirst = day.endsWith("-01");
    sum = (isFirst ? 0 : sum) + (used.get(day) ?? 0);
    if (day >= first) sums.push(sum);
  }
  return sums;
}

/** The first day that `monthSoFar` needs. */
export function soFarSince(today: string, days: number): string {
  return `${monthOf(new Date(addDays(today, 1 - days)))}-01`;
}
