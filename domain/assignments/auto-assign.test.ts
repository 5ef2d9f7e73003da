import { expect, test } from "vitest";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import { autoAssigner } from "./auto-assign";

const seats = (name: string, units: number, live: number): LicenseAllotment => ({
  class: "assigned",
  isDropped: false,
  reserved: 0,
  name,
  units,
  live,
  state: "within",
});
const minutes = (name: string, denied = false): LicenseAllotment => ({
  class: "time",
  name,
  total: 0,
  reserved: 0,
  crossing: null,
  expected: null,
  quota: 9,
  overage: 0,
  remaining: 9,
  denied,
  hasEnded: false,
  state: "within",
});

const SEATS = [seats("analyzer", 3, 2), seats("Professional", 2, 1)];
const BOTH = { professional: true, analyzer: true };
const NONE = { professional: false, analyzer: false };

test.each([
  ["professional first", SEATS, BOTH, ["Professional", "analyzer", undefined]],
  ["what is switched on", SEATS, { ...NONE, analyzer: true }, ["analyzer", undefined, undefined]],
  ["nothing", SEATS, NONE, [undefined, undefined, undefined]],
  ["then minutes", [minutes("core_time"), ...SEATS], BOTH, ["Professional", "analyzer", "core_time"]],
  [
    "the usual minutes",
    [minutes("core_time"), minutes("Analyzer_Time")],
    NONE,
    Array(3).fill("Analyzer_Time"),
  ],
  ["no minutes that are used up", [minutes("core_time", true)], NONE, [undefined, undefined, undefined]],
  ["no seat beyond the units", [seats("professional", 1, 4)], BOTH, [undefined, undefined, undefined]],
  ["no seat of minutes", [minutes("professional", true)], BOTH, [undefined, undefined, undefined]],
])("three people with auto-assign get %s", (_, allotments, on, expected) => {
  const next = autoAssigner(allotments, on);
  expect([next(), next(), next()].map((given) => given?.allotment)).toEqual(expected);
});
