import { expect, test } from "vitest";
import { type PlanLine, planLines } from "@/domain/assignment-plan";
import type { Pool } from "@/domain/assignments";

const pool = (name: string, units: number, live = 0, usage: Pool["class"] = "assigned") =>
  [name.toLowerCase(), { name, class: usage, units, live }] as const;

function plan(
  lines: PlanLine[],
  { units = 2, live = 0, accepts = true, matching = "folded" as const, held = {} } = {},
) {
  const holders: Record<string, string[]> = held;
  const decide = planLines({
    pools: new Map([pool("Professional", units, live), pool("analyzer", 5, 1), pool("time", 9, 0, "time")]),
    matching,
    accepts,
    heldBy: (key) => (holders[key] ?? []).map((allotment) => ({ allotment })),
  });
  return lines.map((line, at) => decide(line, at + 1));
}

const line = (subject: string, allotment = "professional") => ({ subject, allotment });

test.each([
  [line(""), "bad-subject"],
  [line("a\u0007b"), "bad-subject"],
  [line("eve", "analyser"), "unknown-allotment"],
  [line("eve", "time"), "not-assignable"],
  [line("eve", " PROFESSIONAL "), "add"],
])("%j is %s", (asked, outcome) => expect(plan([asked])[0]?.outcome).toBe(outcome));

test("lines take the seats one after the other", () => {
  expect(plan([line("a"), line("b"), line("c")]).map(({ outcome }) => outcome)).toEqual([
    "add",
    "add",
    "no-units",
  ]);
});

test("a person who stands twice is told where", () => {
  expect(plan([line("acme\\bob"), line("ACME\\Bob", "analyzer")])[1]).toEqual({ outcome: "same-row", at: 1 });
});

test("who holds the seat keeps it, also when none is free", () => {
  expect(plan([line("Bob")], { live: 2, held: { bob: ["professional"] } })).toEqual([{ outcome: "already" }]);
});

test("a conversion frees the seat that it leaves", () => {
  const lines = [line("bob", "analyzer"), line("eve")];
  expect(plan(lines, { live: 2, held: { bob: ["professional"] } })).toEqual([
    { outcome: "convert", from: "Professional" },
    { outcome: "add" },
  ]);
});

test("a license that is not valid gives nothing, and tells what it has", () => {
  const lines = [line("a"), line("bob")];
  expect(
    plan(lines, { accepts: false, held: { bob: ["professional"] } }).map(({ outcome }) => outcome),
  ).toEqual(["not-valid", "already"]);
});
