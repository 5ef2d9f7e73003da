import fc from "fast-check";
import { expect, test } from "vitest";
import { dueSlot, lastSlot, nextSlot, RUN_INTERVALS } from "./run-schedule";

const at = (text: string) => new Date(`${text}:00.000Z`);

// 30 November 2026 is a Monday.
test.each([
  ["day", "2026-11-30T05:59", "2026-11-29T06:00", "2026-11-30T06:00"],
  ["day", "2026-11-30T06:00", "2026-11-30T06:00", "2026-12-01T06:00"],
  ["day", "2027-01-01T00:00", "2026-12-31T06:00", "2027-01-01T06:00"],
  ["week", "2026-11-30T05:59", "2026-11-23T06:00", "2026-11-30T06:00"],
  ["week", "2026-11-30T06:00", "2026-11-30T06:00", "2026-12-07T06:00"],
  ["week", "2026-12-06T23:59", "2026-11-30T06:00", "2026-12-07T06:00"],
  ["month", "2026-11-30T10:00", "2026-11-01T06:00", "2026-12-01T06:00"],
  ["month", "2026-12-01T05:59", "2026-11-01T06:00", "2026-12-01T06:00"],
  ["month", "2027-01-01T05:00", "2026-12-01T06:00", "2027-01-01T06:00"],
] as const)("each %s at %s: last %s, next %s", (every, now, last, next) => {
  expect([lastSlot(every, at(now)), nextSlot(every, at(now))]).toEqual([at(last), at(next)]);
});

test.each([
  ["never ran", "2026-11-01T00:00", null, "2026-11-30T06:00"],
  ["ran in the last week", "2026-11-01T00:00", "2026-11-23T06:00", "2026-11-30T06:00"],
  ["ran this week", "2026-11-01T00:00", "2026-11-30T06:00", null],
  ["was turned on after the moment", "2026-11-30T06:00", null, null],
  ["was down for a month: one run", "2026-01-01T00:00", "2026-10-05T06:00", "2026-11-30T06:00"],
] as const)("a weekly rule that %s", (_name, since, ran, due) => {
  const rule = { every: "week" as const, since: at(since) };
  expect(dueSlot(rule, ran ? at(ran) : null, at("2026-12-02T10:00"))).toEqual(due ? at(due) : null);
});

test("the last moment is never ahead, the next one always is, and nothing lies between them", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...RUN_INTERVALS),
      fc.date({ min: at("2020-01-01T00:00"), max: at("2040-01-01T00:00"), noInvalidDate: true }),
      (every, now) => {
        const [last, next] = [lastSlot(every, now), nextSlot(every, now)];
        expect(last <= now && now < next).toBe(true);
        expect(lastSlot(every, new Date(next.getTime() - 1))).toEqual(last);
        expect(lastSlot(every, next)).toEqual(next);
      },
    ),
  );
});
