import fc from "fast-check";
import { expect, test } from "vitest";
import type { AllotmentSeats } from "./assignment";
import { type PlanLine, type PlannedResult, planLines } from "./assignment-plan";
import { subjectKey } from "./subject";

const allotment = (name: string, units: number, live = 0, usage: AllotmentSeats["class"] = "assigned") =>
  [name.toLowerCase(), { name, class: usage, units, live }] as const;

function plan(
  lines: PlanLine[],
  { units = 2, live = 0, analyzers = 1, accepts = true, matching = "folded" as const, held = {} } = {},
) {
  const holders: Record<string, string[]> = held;
  const { decide, revised } = planLines({
    pools: new Map([
      allotment("Professional", units, live),
      allotment("analyzer", 5, analyzers),
      allotment("time", 9, 0, "time"),
    ]),
    keyOf: (subject) => subjectKey(subject, matching),
    accepts,
    heldBy: (key) => (holders[key] ?? []).map((allotment) => ({ allotment })),
  });
  const results = lines.map((line, at) => decide(line, at + 1));
  for (const [at, fate] of revised()) results[at - 1] = fate;
  return results;
}

const line = (subject: string, allotment = "professional") => ({ subject, allotment });

test.each([
  [line(""), "bad-subject"],
  [line("a\u0007b"), "bad-subject"],
  [line("eve", "analyser"), "unknown-allotment"],
  [line("eve", "time"), "not-assignable"],
  [line("eve", " PROFESSIONAL "), "add"],
])("%j is planned as %s", (asked, outcome) => expect(plan([asked])[0]?.outcome).toBe(outcome));

test("lines take seats in their order", () => {
  expect(plan([line("a"), line("b"), line("c")]).map(({ outcome }) => outcome)).toEqual([
    "add",
    "add",
    "no-units",
  ]);
});

test("a user who appears twice is reported with the first line", () => {
  expect(plan([line("acme\\bob"), line("ACME\\Bob", "analyzer")])[1]).toEqual({ outcome: "same-row", at: 1 });
});

test("a user who holds the seat keeps it, even if none is free", () => {
  expect(plan([line("Bob")], { live: 2, held: { bob: ["professional"] } })).toEqual([{ outcome: "already" }]);
});

test("a conversion frees the seat of the other allotment", () => {
  const lines = [line("bob", "analyzer"), line("eve")];
  expect(plan(lines, { live: 2, held: { bob: ["professional"] } })).toEqual([
    { outcome: "convert", from: "Professional", turn: 1 },
    { outcome: "add", turn: 2 },
  ]);
});

test("a seat that a later line frees goes to the line that waits for it", () => {
  const lines = [line("eve"), line("bob", "analyzer")];
  expect(plan(lines, { live: 2, held: { bob: ["professional"] } })).toEqual([
    { outcome: "add", turn: 2 },
    { outcome: "convert", from: "Professional", turn: 1 },
  ]);
});

/** Four users hold professional and five hold analyzer; nobody else holds a seat. */
const HELD = Object.fromEntries(
  [..."abcdefghi"].map((subject, at) => [subject, [at < 4 ? "professional" : "analyzer"]]),
);
const asked = fc.uniqueArray(
  fc.record({
    subject: fc.constantFrom(..."abcdefghijkl"),
    allotment: fc.constantFrom("professional", "analyzer"),
  }),
  { selector: ({ subject }) => subject, maxLength: 12 },
);

/** The seats held once the lines are applied in the order of their turns; fails if a turn exceeds the units. */
function done(
  lines: PlanLine[],
  results: PlannedResult[],
  units: { professional: number; analyzer: number },
) {
  const held = new Map(Object.entries(HELD).map(([subject, [allotment]]) => [subject, allotment]));
  const turned = lines.flatMap((one, at) => {
    const fate = results[at];
    return fate && "turn" in fate ? [{ ...one, turn: fate.turn }] : [];
  });
  const turns = [...new Set(turned.map(({ turn }) => turn))].toSorted((a, b) => a - b);
  for (const turn of turns) {
    const together = turned.filter((one) => one.turn === turn);
    for (const { subject, allotment } of together) held.set(subject, allotment);
    for (const { allotment } of together)
      expect([...held.values()].filter((of) => of === allotment).length).toBeLessThanOrEqual(
        allotment === "professional" ? units.professional : units.analyzer,
      );
  }
  return held;
}

test("lines that fit as a whole all fit in any order, and never exceed the units on the way", () => {
  const cases = fc
    .record({ lines: asked, more: fc.nat(3) })
    .chain(({ lines, more }) =>
      fc.record({ lines: fc.shuffledSubarray(lines, { minLength: lines.length }), more: fc.constant(more) }),
    );
  fc.assert(
    fc.property(cases, ({ lines, more }) => {
      const units = { professional: 4 + more, analyzer: 5 };
      const results = plan(lines, { units: units.professional, live: 4, held: HELD, analyzers: 5 });
      const held = done(lines, results, units);
      const wanted = new Map([
        ...Object.entries(HELD).map(([subject, [allotment]]) => [subject, allotment] as const),
        ...lines.map(({ subject, allotment }) => [subject, allotment] as const),
      ]);
      const holders = (of: string) => [...wanted.values()].filter((one) => one === of).length;
      const fits = holders("professional") <= units.professional && holders("analyzer") <= units.analyzer;
      if (fits) expect(held).toEqual(wanted);
      else expect(results.some(({ outcome }) => outcome === "no-units")).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("a license that isn't valid gives no seats, and the plan says what is held", () => {
  const lines = [line("a"), line("bob")];
  expect(
    plan(lines, { accepts: false, held: { bob: ["professional"] } }).map(({ outcome }) => outcome),
  ).toEqual(["not-valid", "already"]);
});
