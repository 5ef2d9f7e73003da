import { expect, test } from "vitest";
import { leaseState, releaseSentence, reservedAt } from "./lease-state";

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

test("a lease keeps what it hasn't booked until it is released or the month has ended", () => {
  const lease = { ...LEASE, granted: 60, booked: 18 };
  expect(reservedAt(lease, NOW)).toBe(42);
  expect(reservedAt({ ...lease, state: "released" }, NOW)).toBe(0);
  expect(reservedAt({ ...lease, month: "2026-10" }, NOW)).toBe(0);
});

test("before a release an admin learns by how much the month can end above its cap", () => {
  expect(releaseSentence(1042)).toContain("up to 1,042 above its cap");
  expect(releaseSentence(0)).not.toContain("cap");
});
