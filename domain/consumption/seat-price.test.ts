import { expect, test } from "vitest";
import type { Definition } from "@/domain/licenses/definition";
import { breakEven } from "./seat-price";

const now = new Date("2026-08-24T10:00:00Z");
const allotment = (name: string, kind: "assigned" | "time") => ({
  ...{ name, usage: { class: kind, minimum: 1 }, provisions: [], units: [] },
});
const definition = (values: Record<string, unknown>, valid = ""): Definition => ({
  ...{ product: "QSEfW", valid: "", trial: false },
  allotments: [
    allotment("professional", "assigned"),
    allotment("analyzer", "assigned"),
    allotment("Analyzer_Time", "time"),
  ],
  parameters: [{ name: "Prices", valid, values }],
});

test.each([
  ["the cheaper seat counts", { professional: 70, analyzer: 40, analyzer_time: 0.1 }, "analyzer", 401],
  ["at the same price minutes are as good", { analyzer: 3, analyzer_time: 1 }, "analyzer", 4],
  ["parts of a minute count", { analyzer: 10, analyzer_time: 3 }, "analyzer", 4],
  ["names are compared without case", { ANALYZER: 40, ANALYZER_TIME: 40 }, "analyzer", 2],
])("%s", (_, values, seat, minutes) => {
  expect(breakEven(definition(values), "analyzer_time", now)).toEqual({ seat, minutes });
});

test.each([
  ["no price of a minute", { analyzer: 40 }],
  ["no price of a seat", { analyzer_time: 0.1 }],
  ["a price of nothing", { analyzer: 40, analyzer_time: 0 }],
  ["prices that are texts", { analyzer: "40", analyzer_time: "0.1" }],
  ["a price of an allotment that isn't there", { token: 40, analyzer_time: 0.1 }],
])("nothing is said with %s", (_, values) => {
  expect(breakEven(definition(values), "analyzer_time", now)).toBeNull();
});

test("prices whose dates don't include today say nothing", () => {
  const past = definition({ analyzer: 40, analyzer_time: 0.1 }, "2025-01-01/2025-12-31");
  expect(breakEven(past, "analyzer_time", now)).toBeNull();
});
