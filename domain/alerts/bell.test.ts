import { expect, test } from "vitest";
import type { Need } from "@/domain/licenses/attention";
import type { AlertKind } from "./alert";
import { isSaidBy } from "./bell";

const pool = { class: "time", name: "Analyzer_Time" } as Extract<Need, { kind: "overage" }>["pool"];
const needs: Need[] = [
  { kind: "overage", pool },
  { kind: "ending", at: new Date(0), inGrace: false },
];

test.each<[AlertKind, string | null, boolean]>([
  ["capacity.threshold", "analyzer_time", true],
  ["capacity.quota-reached", "analyzer_time", true],
  ["capacity.quota-reached", "core_time", false],
  ["capacity.cap-reached", "analyzer_time", false],
  ["expiring", null, true],
  ["expired", null, false],
  ["checkout.expiring", null, false],
])("%s of %s is said already: %s", (kind, allotment, isSaid) => {
  expect(isSaidBy(needs, { kind, data: { allotment } })).toBe(isSaid);
});
