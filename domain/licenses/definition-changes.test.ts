import { expect, test } from "vitest";
import type { Allotment, Definition } from "./definition";
import { conflicts, definitionChanges, mergedDefinition } from "./definition-changes";

const allotment = (name: string, more: Partial<Allotment> = {}): Allotment => ({
  name,
  usage: { class: "assigned", minimum: 1 },
  provisions: [{ accessType: name }],
  units: [{ count: 400, valid: "" }],
  ...more,
});

const BASE: Definition = {
  product: "QSEfE",
  valid: "2026-01-01/2026-12-31",
  trial: false,
  allotments: [allotment("professional"), allotment("analyzer")],
  parameters: [],
};

const with_ = (more: Partial<Definition>): Definition => ({ ...BASE, ...more });
const units = (count: number) => ({ units: [{ count, valid: "" }] });
const fewer = with_({ allotments: [allotment("professional"), allotment("analyzer", units(300))] });
const longer = with_({ valid: "2026-01-01/2027-12-31" });
const bigger = with_({ allotments: [allotment("professional"), allotment("analyzer", units(900))] });
const dropped = with_({ allotments: [allotment("professional")] });
const added = with_({ allotments: [...BASE.allotments, allotment("analyzer_time")] });

const pathsOf = (before: Definition, after: Definition) =>
  definitionChanges(before, after).map(({ path }) => path);

test.each([
  ["nothing", BASE, []],
  ["the order of members", { ...BASE, allotments: BASE.allotments.map(reversed) }, []],
  ["an overage that is absent and one that is undefined", overageless(), []],
  ["validity", longer, ["valid"]],
  ["units", fewer, ["allotments/analyzer/units"]],
  [
    "the case of a name",
    with_({
      allotments: [
        allotment("Professional", { provisions: BASE.allotments[0]?.provisions }),
        allotment("analyzer"),
      ],
    }),
    ["allotments/professional/name"],
  ],
  ["a pool that is gone", dropped, ["allotments/analyzer"]],
  ["a pool that is new", added, ["allotments/analyzer_time"]],
] as const)("a change of %s is listed", (_, after, paths) => expect(pathsOf(BASE, after)).toEqual(paths));

test.each([
  ["different fields", fewer, longer, []],
  ["the same change", fewer, fewer, []],
  ["one field, two values", fewer, bigger, ["allotments/analyzer/units"]],
  ["a field of a pool that they dropped", fewer, dropped, ["allotments/analyzer/units"]],
  ["a pool that I dropped and they changed", dropped, bigger, ["allotments/analyzer"]],
] as const)("conflict of %s", (_, mine, theirs, paths) =>
  expect(conflicts(BASE, mine, theirs)).toEqual(paths),
);

test("changes of different fields are merged", () => {
  const merged = mergedDefinition(BASE, fewer, longer, new Map());
  expect(merged).toEqual({ ...fewer, valid: longer.valid });
  expect(mergedDefinition(BASE, added, longer, new Map())).toEqual({ ...added, valid: longer.valid });
  expect(mergedDefinition(BASE, dropped, longer, new Map())).toEqual({ ...dropped, valid: longer.valid });
});

test("if both changed a field, the choice decides", () => {
  const path = "allotments/analyzer/units";
  expect(mergedDefinition(BASE, fewer, bigger, new Map([[path, "theirs"]]))).toEqual(bigger);
  expect(mergedDefinition(BASE, fewer, bigger, new Map([[path, "mine"]]))).toEqual(fewer);
  expect(mergedDefinition(BASE, fewer, dropped, new Map([[path, "mine"]]))).toEqual(fewer);
  expect(mergedDefinition(BASE, dropped, bigger, new Map([["allotments/analyzer", "theirs"]]))).toEqual(
    bigger,
  );
});

function reversed(allotment: Allotment): Allotment {
  return Object.fromEntries(Object.entries(allotment).reverse()) as Allotment;
}

function overageless(): Definition {
  return { ...BASE, allotments: BASE.allotments.map((one) => ({ ...one, overage: undefined })) };
}
