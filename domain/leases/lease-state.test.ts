import { expect, test } from "vitest";
import { leaseState, releaseSentence } from "./lease-state";

const NOW = new Date("2026-11-10T12:00:00Z");
const LEASE = {
  ...{ state: "open" as const, superseded: false, month: "2026-11" },
  expires: new Date("2026-11-11T00:00:00Z"),
};

test.each<[string, Partial<Parameters<typeof leaseState>[0]>, string]>([
  ["one that can be spent", {}, "open"],
  ["one that a copy spends too", { state: "copied" }, "open"],
  ["an expired one", { expires: NOW }, "ended"],
  ["one with a later run", { superseded: true }, "ended"],
  ["one of an earlier month", { month: "2026-10" }, "ended"],
  ["a released one", { state: "released", superseded: true }, "released"],
])("%s is shown by its state", (_, part, state) => {
  expect(leaseState({ ...LEASE, ...part }, NOW)).toBe(state);
});

test("before a release an admin learns by how much the month can end above its cap", () => {
  expect(releaseSentence(42)).toContain("up to 42 above its cap");
  expect(releaseSentence(0)).not.toContain("cap");
});
