import { expect, test } from "vitest";
import { DAY } from "@/domain/month";
import { spread } from "./months";
import { people } from "./people";
import { seeded } from "./random";
import { timeline } from "./timeline";

test.each(["2026-08-24T10:00:00Z", "2026-03-01T00:10:00Z", "2024-02-29T06:59:00Z", "2026-12-31T23:59:59Z"])(
  "at %s every day's events come in order, before the reports, and none is after now",
  async (text) => {
    const now = new Date(text);
    const told: [string, number][] = [];
    const line = timeline(now, 3, seeded(1));
    for (const daysAgo of [0, 3, 1, 2]) {
      line.report(daysAgo, async (at) => told.push([`${daysAgo} report`, at.getTime()]));
      for (const step of [1, 2])
        line.on(daysAgo, async (at) => told.push([`${daysAgo} ${step}`, at.getTime()]));
    }
    await line.play(() => {});
    expect(told.map(([what]) => what)).toEqual(
      [3, 2, 1, 0].flatMap((daysAgo) => [`${daysAgo} 1`, `${daysAgo} 2`, `${daysAgo} report`]),
    );
    const moments = told.map(([, moment]) => moment);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(Math.max(...moments)).toBeLessThanOrEqual(now.getTime());
    expect(Math.max(...moments)).toBeGreaterThan(now.getTime() - DAY);
  },
);

test("the days of a month are whole and add up to it, even if it has just begun", () => {
  for (const [blocks, days] of [
    [1500, 31],
    [7, 31],
    [1500, 1],
    [0, 5],
  ] as const) {
    const parts = spread(seeded(2), blocks, "2026-08", days);
    expect(parts).toHaveLength(days);
    expect(parts.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(blocks);
  }
});

test("one seed gives one history", () => {
  const story = (seed: number) => people(seeded(seed), 100);
  expect(story(7)).toEqual(story(7));
  expect(story(7)).not.toEqual(story(8));
  expect(new Set(story(7)).size).toBe(100);
});
