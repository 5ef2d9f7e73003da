import { expect, test } from "vitest";
import { correctedMonths } from "./corrections";
import type { Allotment, Definition } from "./definition";

const time = (name: string, count: number, overage?: Allotment["overage"]): Allotment => ({
  ...{ name, usage: { class: "time", minimum: 6 }, provisions: [], units: [{ count, valid: "" }], overage },
});
const of = (...allotments: Allotment[]): Definition => ({
  ...{ product: "QSEfW", valid: "", trial: false, allotments, parameters: [] },
});
const NOW = new Date("2026-08-24T10:00:00Z");
const eras = [
  { from: new Date("2026-01-01"), definition: of(time("analyzer_time", 100), time("core_time", 5)) },
  {
    from: new Date("2026-08-20"),
    definition: of(time("analyzer_time", 20_000, "YES"), time("core_time", 5)),
  },
];
const isAllotment = (month: string, key: string) => month === "2026-08" && key === "analyzer_time";
const counts = {
  booked: (month: string, key: string) => (isAllotment(month, key) ? 70 : 0),
  reserved: (month: string, key: string) => (isAllotment(month, key) ? 15 : 0),
};

test("a correction is listed month by month, for the allotments that it changes", () => {
  const after = of(time("Analyzer_Time", 200), time("core_time", 5));
  const before = { quota: 20_000, overage: "YES" };
  const row = { allotment: "Analyzer_Time", before, after: { quota: 200, overage: 0 } };
  expect(correctedMonths(eras, after, counts, NOW)).toEqual([
    { ...row, month: "2026-08", booked: 70, reserved: 15 },
    { ...row, month: "2026-09", booked: 0, reserved: 0 },
  ]);
});

test("the definition before the mistake still counts, and a removed allotment is listed too", () => {
  const [row] = correctedMonths(eras, of(time("core_time", 5)), counts, NOW);
  expect(row).toMatchObject({
    month: "2026-08",
    allotment: "analyzer_time",
    after: { quota: 100, overage: 0 },
  });
});

test("a correction that changes no month lists none", () => {
  expect(correctedMonths(eras, eras[1]?.definition ?? of(), counts, NOW)).toEqual([]);
});
