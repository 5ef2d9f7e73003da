import { expect, test } from "vitest";
import type { Definition, Units } from "./definition";
import { raisedUnits, unitsBefore } from "./raised-units";

const NOW = new Date("2026-08-23T12:00:00Z");

const definition = (...units: Units[]): Definition => ({
  product: "QSEfW",
  valid: "",
  trial: false,
  allotments: [
    { name: "Professional", usage: { class: "assigned", minimum: 1 }, provisions: [], units },
    {
      name: "analyzer",
      usage: { class: "assigned", minimum: 1 },
      provisions: [],
      units: [{ count: 7, valid: "" }],
    },
  ],
  parameters: [],
});

const unitsOf = (of: Definition, name: string) => of.allotments.find((one) => one.name === name)?.units;

test.each<[string, Units[], number, string | null, Units[]]>([
  ["at once", [{ count: 400, valid: "" }], 450, null, [{ count: 450, valid: "" }]],
  [
    "at once, keeping the end of the units",
    [{ count: 400, valid: "2026-01-01/2026-12-31" }],
    450,
    null,
    [{ count: 450, valid: "2026-01-01/2026-12-31" }],
  ],
  [
    "at once, by the difference to all units in force",
    [
      { count: 400, valid: "" },
      { count: 20, valid: "2026-08-01/2026-08-31" },
      { count: 99, valid: "2027-01-01/." },
    ],
    450,
    null,
    [
      { count: 400, valid: "" },
      { count: 50, valid: "2026-08-01/2026-08-31" },
      { count: 99, valid: "2027-01-01/." },
    ],
  ],
  [
    "from a later day on, up to the end of the units in force then",
    [{ count: 400, valid: "./2027-06-30" }],
    450,
    "2026-11-01",
    [
      { count: 400, valid: "./2027-06-30" },
      { count: 50, valid: "2026-11-01/2027-06-30" },
    ],
  ],
  [
    "beyond the units that are in force on that day",
    [
      { count: 400, valid: "" },
      { count: 100, valid: "2026-11-01/." },
    ],
    450,
    "2026-11-01",
    [
      { count: 400, valid: "" },
      { count: 100, valid: "2026-11-01/." },
    ],
  ],
  ["from today where nothing is in force", [], 5, null, [{ count: 5, valid: "2026-08-23/." }]],
  ["to no more than before", [{ count: 400, valid: "" }], 400, null, [{ count: 400, valid: "" }]],
])("units are raised %s", (_, before, to, from, after) => {
  const result = raisedUnits(definition(...before), { allotment: "professional", to, from }, NOW);
  expect(unitsOf(result, "Professional")).toEqual(after);
  expect(unitsOf(result, "analyzer")).toEqual([{ count: 7, valid: "" }]);
});

test("the units before a raise are those in force on its day", () => {
  const units = [
    { count: 400, valid: "./2026-10-31" },
    { count: 30, valid: "2026-08-23/." },
  ];
  expect(unitsBefore({ units }, null, NOW)).toBe(430);
  expect(unitsBefore({ units }, "2026-11-01", NOW)).toBe(30);
});
