import { expect, test } from "vitest";
import { pulseOf } from "./deployment-pulse";

const NOW = new Date("2026-08-24T10:00:00Z");

test.each([
  [-60, "ok"],
  [0, "ok"],
  [1800, "ok"],
  [1801, "late"],
  [86_400, "late"],
  [86_401, "silent"],
])("after %i seconds a deployment is %s", (seconds, pulse) =>
  expect(pulseOf(new Date(NOW.getTime() - seconds * 1000), NOW)).toBe(pulse),
);
