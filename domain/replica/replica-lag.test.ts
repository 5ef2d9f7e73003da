import { expect, test } from "vitest";
import { completeUntil, type LogMark, shownLag, withMark } from "./replica-lag";

const MARKS: LogMark[] = [
  { at: 1000, position: 100 },
  { at: 2000, position: 100 },
  { at: 3000, position: 250 },
];

test.each([
  ["that is behind every mark", 99, null],
  ["that has replayed to a mark has what was committed by the last time of that mark", 100, 2000],
  ["between two marks has what was committed by the first", 249, 2000],
  ["past the last mark has what was committed by that one", 900, 3000],
])("a replica %s", (_, replayed, until) => {
  expect(completeUntil(MARKS, replayed)).toBe(until);
});

test.each([
  ["older than the limit", { replayed: null, sinceMs: 2000 }, [2000, 3000, 4000]],
  ["that the replica passed before a later one", { replayed: 260, sinceMs: 0 }, [3000, 4000]],
  ["unless the replica hasn't passed any", { replayed: 50, sinceMs: 0 }, [1000, 2000, 3000, 4000]],
])("a new mark drops those %s", (_, bounds, times) => {
  const marks = withMark(MARKS, { at: 4000, position: 300 }, bounds);
  expect(marks.map(({ at }) => at)).toEqual(times);
});

test.each([
  ["current data", null, null],
  ["data of the last seconds", "2026-08-25T12:00:55.001Z", null],
  ["older data", "2026-08-25T12:00:20.500Z", 39],
])("%s has the lag that is shown", (_, asOf, lag) => {
  expect(shownLag(asOf === null ? null : new Date(asOf), new Date("2026-08-25T12:01:00Z"))).toBe(lag);
});
