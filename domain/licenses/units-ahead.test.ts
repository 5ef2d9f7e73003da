import { expect, test } from "vitest";
import type { Allotment } from "./definition";
import { unitsAhead } from "./units-ahead";

const now = new Date("2026-08-24T12:00:00Z");
const allotment = (...units: [number, string][]): Allotment => ({
  name: "analyzer",
  usage: { class: "assigned", minimum: 1 },
  provisions: [],
  units: units.map(([count, valid]) => ({ count, valid })),
});

test.each<[string, [number, string][], string | null, number | null]>([
  ["units for ever never change", [[800, ""]], null, null],
  [
    "more units that begin later",
    [
      [800, ""],
      [100, "2026-11-01/."],
    ],
    "2026-11-01",
    900,
  ],
  ["the day after the last one", [[800, "./2026-12-31"]], "2027-01-01", 0],
  [
    "the first of several changes",
    [
      [800, "./2026-12-31"],
      [100, "2026-11-01/."],
    ],
    "2026-11-01",
    900,
  ],
  [
    "an exchange of as many is no change",
    [
      [800, "./2026-10-31"],
      [800, "2026-11-01/."],
    ],
    null,
    null,
  ],
  [
    "what is over does not come again",
    [
      [800, ""],
      [50, "2025-01-01/2025-12-31"],
    ],
    null,
    null,
  ],
  [
    "what cannot be read is never in force",
    [
      [800, ""],
      [50, "soon"],
    ],
    null,
    null,
  ],
])("%s", (_, units, day, count) => {
  const ahead = unitsAhead(allotment(...units), now);
  expect(ahead?.from.toISOString().slice(0, 10) ?? null).toBe(day);
  expect(ahead?.units ?? null).toBe(count);
});
