import { type FilterCondition, meetsFilter } from "./scim-filter";

/** Half open, as [from, before); absent means no bound. */
export type TimeInterval = { from?: Date; before?: Date };

/** The moments that meet a filter over one time, as intervals in ascending order. Moments are whole milliseconds. */
export function intervalsOf(condition: FilterCondition<string>): TimeInterval[] {
  // Between two of these moments nothing changes.
  const turns = [...new Set(timesIn(condition).flatMap((time) => [time, time + 1]))].sort((a, b) => a - b);
  const intervals: TimeInterval[] = [];
  let open: TimeInterval | null = meetsFilter(condition, () => Number.NEGATIVE_INFINITY) ? {} : null;
  for (const turn of turns) {
    const meets = meetsFilter(condition, () => turn);
    if (open && !meets) intervals.push({ ...open, before: new Date(turn) });
    if (!meets) open = null;
    else open ??= { from: new Date(turn) };
  }
  return open ? [...intervals, open] : intervals;
}

function timesIn(condition: FilterCondition<string>): number[] {
  if ("conditions" in condition) return condition.conditions.flatMap(timesIn);
  if ("condition" in condition) return timesIn(condition.condition);
  return "value" in condition ? [Number(condition.value)] : [];
}
