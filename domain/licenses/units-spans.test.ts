import { expect, test } from "vitest";
import { DAY } from "@/domain/month";
import { spansWindow, unitsSpans } from "./units-spans";

const now = new Date("2026-08-24T00:00:00Z");

test.each<[string, [number, string][], string[]]>([
  ["nothing is nothing at all times", [], ["./. 0"]],
  ["units for ever are one span", [[800, ""]], ["./. 800"]],
  [
    "units of a year have a before and an after",
    [[800, "2026-01-01/2026-12-31"]],
    ["./2026-01-01 0", "2026-01-01/2027-01-01 800", "2027-01-01/. 0"],
  ],
  [
    "what overlaps is summed",
    [
      [800, "2026-01-01/."],
      [100, "2026-11-01/2027-01-31"],
    ],
    ["./2026-01-01 0", "2026-01-01/2026-11-01 800", "2026-11-01/2027-02-01 900", "2027-02-01/. 800"],
  ],
  [
    "an exchange of as many is no change",
    [
      [800, "./2026-10-31"],
      [800, "2026-11-01/."],
    ],
    ["./. 800"],
  ],
  [
    "what cannot be read is never in force",
    [
      [800, ""],
      [50, "soon"],
    ],
    ["./. 800"],
  ],
])("%s", (_, units, spans) => {
  const day = (at: Date | null) => at?.toISOString().slice(0, 10) ?? ".";
  const told = unitsSpans(units.map(([count, valid]) => ({ count, valid }))).map(
    ({ from, to, units: sum }) => `${day(from)}/${day(to)} ${sum}`,
  );
  expect(told).toEqual(spans);
});

test("today and every change are visible, with a margin", () => {
  const days = (from: Date, to: Date) => (to.getTime() - from.getTime()) / DAY;
  const always = spansWindow(unitsSpans([{ count: 1, valid: "" }]), now);
  expect([days(always.from, now), days(now, always.to)]).toEqual([60, 60]);
  const long = spansWindow(unitsSpans([{ count: 1, valid: "2026-08-24/2029-05-19" }]), now);
  expect([days(long.from, now), days(now, long.to)]).toEqual([150, 1150]);
});
