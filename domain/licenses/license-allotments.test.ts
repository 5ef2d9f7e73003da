import { expect, test } from "vitest";
import type { Allotment } from "./definition";
import { seatAllotment, timeAllotment, worstAllotment } from "./license-allotments";

const provisions = [{ accessType: "analyzer" }];
const seats: Allotment = {
  name: "analyzer",
  usage: { class: "assigned", minimum: 1 },
  provisions,
  units: [
    { count: 10, valid: "" },
    { count: 5, valid: "2026-09-01/." },
  ],
};
const minutes: Allotment = {
  name: "analyzer_time",
  usage: { class: "time", minimum: 6 },
  provisions,
  units: [{ count: 1500, valid: "" }],
  overage: 300,
};
const terms = {
  eras: [
    {
      from: new Date("2026-01-01T00:00:00Z"),
      definition: { product: "QSEfW", valid: "", trial: false, allotments: [minutes], parameters: [] },
    },
  ],
  graceDays: 14,
};

const AUGUST = new Date("2026-08-24T10:00:00Z");

test("a seat allotment is measured against the units in force now", () => {
  const before = seatAllotment(seats, 12, new Date("2026-08-31T23:59:59Z"));
  expect(before).toMatchObject({ live: 12, units: 10, state: "excess" });
  const after = seatAllotment(seats, 12, new Date("2026-09-01T00:00:00Z"));
  expect(after).toMatchObject({ live: 12, units: 15, state: "near" });
});

test.each([
  [1200, "near", 600, false],
  [1639, "overage", 161, false],
  [1800, "exceeded", 0, true],
  [1801, "exceeded", 0, true],
] as const)("%i of 1,500 minutes with 300 overage is %s", (total, state, left, stopped) => {
  const allotment = timeAllotment(minutes, { total, pace: null }, terms, AUGUST);
  expect(allotment).toMatchObject({ quota: 1500, overage: 300, state, remaining: left, denied: stopped });
});

test("after the end of a license and its grace days a time allotment is denied, whatever is left", () => {
  const [era] = terms.eras;
  const ending = era && { ...era, definition: { ...era.definition, valid: "./2026-08-09" } };
  const at = (day: string) =>
    timeAllotment(
      minutes,
      { total: 1, pace: null },
      { eras: ending ? [ending] : [], graceDays: 14 },
      new Date(day),
    );
  expect(at("2026-08-23T23:59:59Z")).toMatchObject({ denied: false, hasEnded: false });
  expect(at("2026-08-24T00:00:00Z")).toMatchObject({ denied: true, hasEnded: true, remaining: 1799 });
});

test("a time allotment is near its quota if its pace crosses the quota within the month", () => {
  const at = (consumed: number) =>
    timeAllotment(minutes, { total: 1000, pace: { consumed, days: 14 } }, terms, AUGUST);
  expect(at(14 * 71)).toMatchObject({ crossing: null, state: "within" });
  expect(at(14 * 72)).toMatchObject({ crossing: { limit: "quota", on: "2026-08-31" }, state: "near" });
});

test("the worst allotment is the fullest one in the worst state", () => {
  const crowded = seatAllotment(seats, 12, new Date("2026-08-01T00:00:00Z"));
  const used = timeAllotment(minutes, { total: 1639, pace: null }, terms, AUGUST);
  expect(worstAllotment([used, crowded])).toBe(crowded);
  const [idle, busy] = [100, 700].map((total) =>
    timeAllotment(minutes, { total, pace: null }, terms, AUGUST),
  );
  expect(worstAllotment([idle, busy].flatMap((allotment) => allotment ?? []))).toBe(busy);
  expect(worstAllotment([])).toBeUndefined();
});
