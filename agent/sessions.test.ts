import fc from "fast-check";
import { expect, test } from "vitest";
import { chargeBlocks } from "@/domain/blocks";
import { chargesByMonth, openSession, prunedSessions } from "./sessions";

const at = (time: string) => Date.parse(time);

test.each([
  ["26 minutes within a month", 0, 26, "2026-03-10T12:00:00Z", { "2026-03": 30 }],
  [
    "a block goes to the month in which it begins",
    0,
    26,
    "2026-04-01T00:10:00Z",
    { "2026-03": 18, "2026-04": 12 },
  ],
  ["also when most of it lies in the next", 0, 6, "2026-04-01T00:05:59Z", { "2026-03": 6 }],
  ["the block at midnight belongs to the new month", 0, 6, "2026-04-01T00:06:00Z", { "2026-04": 6 }],
  ["what the begun block covers costs nothing", 26, 4, "2026-04-01T00:10:00Z", {}],
] as const)(
  "blocks are charged to the months in which they begin: %s",
  (_, active, minutes, now, charges) => {
    const session = { active, block: 6, at: 0 };
    expect(Object.fromEntries(chargesByMonth(session, minutes, at(now)))).toEqual(charges);
  },
);

test("the months together have exactly the blocks that were begun", () => {
  const some = fc.record({ active: fc.nat(500), block: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(
      some,
      fc.nat(3000),
      fc.integer({ min: at("2026-01-01"), max: at("2026-12-31") }),
      (known, minutes, now) => {
        const charges = chargesByMonth({ ...known, at: now }, minutes, now);
        const sum = [...charges.values()].reduce((total, each) => total + each, 0);
        expect(sum).toBe(chargeBlocks({ activeBefore: known.active, active: minutes, block: known.block }));
      },
    ),
  );
});

test("a session continues for a day after its last call, while the block length stays", () => {
  const known = { active: 7, block: 6, at: at("2026-03-10T12:00:00Z") };
  expect(openSession(known, 6, at("2026-03-11T11:59:59Z"))).toBe(known);
  expect(openSession(known, 6, at("2026-03-11T12:00:00Z")).active).toBe(0);
  expect(openSession(known, 5, at("2026-03-10T12:01:00Z")).active).toBe(0);
  const sessions = new Map([["a", known]]);
  expect(prunedSessions(sessions, at("2026-03-11T11:00:00Z"))).toBe(sessions);
  expect(prunedSessions(sessions, at("2026-03-11T12:00:00Z")).size).toBe(0);
});
