import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Allotment,
  allotmentNamed,
  type Definition,
  definitionErrors,
  definitionFor,
  nameKey,
  unitsInForce,
} from "./definition";

const professional: Allotment = {
  name: "professional",
  usage: { class: "assigned", minimum: 1 },
  provisions: [{ accessType: "professional" }],
  units: [{ count: 10, valid: "" }],
};
const analyzerTime: Allotment = {
  name: "analyzer_time",
  usage: { class: "time", minimum: 6 },
  provisions: [{ accessType: "analyzer" }],
  units: [{ count: 200, valid: "2018-06-01/2018-12-31" }],
  overage: "YES",
};
const definition: Definition = {
  product: "QSEfW",
  valid: "2018-01-01/.",
  trial: false,
  allotments: [professional, analyzerTime],
  parameters: [{ name: "geo", valid: "./." }],
};

describe("names of allotments", () => {
  test.each(["analyzer_time", "Analyzer_Time", "ANALYZER_TIME"])("%s is analyzer_time", (name) =>
    expect(allotmentNamed(definition, name)).toBe(analyzerTime),
  );

  test.each(["", "analyzer", "analyzer_time ", "constructor"])("%j names nothing", (name) =>
    expect(allotmentNamed(definition, name)).toBeUndefined(),
  );

  test("have one key whatever their case", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (name) => {
        expect(nameKey(name.toUpperCase())).toBe(nameKey(name));
        expect(nameKey(nameKey(name))).toBe(nameKey(name));
      }),
    );
  });
});

describe("the definition for a product", () => {
  const parted: Definition = {
    ...definition,
    allotments: [professional, { ...analyzerTime, products: ["QCS", "QV"] }],
    parameters: [
      { name: "geo", valid: "", products: ["QSEfW"] },
      { name: "all", valid: "" },
    ],
  };

  test.each([
    ["QSEfW", ["professional"], ["geo", "all"]],
    ["QV", ["professional", "analyzer_time"], ["all"]],
    ["qv", ["professional"], ["all"]],
    [null, ["professional"], ["all"]],
  ])("%s has the allotments %j and parameters %j", (product, allotments, parameters) => {
    const own = definitionFor(parted, product);
    expect(own.allotments.map(({ name }) => name)).toEqual(allotments);
    expect(own.parameters.map(({ name }) => name)).toEqual(parameters);
  });

  test("is the whole one when nothing names products", () =>
    expect(definitionFor(definition, "QCS")).toEqual(definition));
});

test.each([
  ["2018-05-31T23:59:59.999Z", 10],
  ["2018-06-01T00:00:00.000Z", 15],
  ["2018-06-30T23:59:59.999Z", 15],
  ["2018-07-01T00:00:00.000Z", 13],
])("at %s there are %i units", (moment, units) => {
  const dated: Allotment = {
    ...professional,
    units: [
      { count: 10, valid: "" },
      { count: 5, valid: "2018-06-01/2018-06-30" },
      { count: 3, valid: "2018-07-01/." },
      { count: 99, valid: "unreadable" },
    ],
  };
  expect(unitsInForce(dated, new Date(moment))).toBe(units);
});

describe("definition errors", () => {
  test("are none in a valid definition", () => expect(definitionErrors(definition)).toEqual([]));

  test.each<[string, Partial<Definition>, string, string]>([
    ["an invalid validity", { valid: "2018" }, "INVALID_VALIDITY", "/valid"],
    [
      "unreadable units",
      {
        allotments: [
          professional,
          {
            ...analyzerTime,
            units: [
              { count: 1, valid: "" },
              { count: 1, valid: "x" },
            ],
          },
        ],
      },
      "INVALID_VALIDITY",
      "/allotments/1/units/1/valid",
    ],
    [
      "an unreadable parameter",
      { parameters: [{ name: "geo", valid: "2018-02-30/." }] },
      "INVALID_VALIDITY",
      "/parameters/0/valid",
    ],
    [
      "a name twice, in another case",
      { allotments: [professional, { ...professional, name: "Professional" }] },
      "DUPLICATE_ALLOTMENT",
      "/allotments/1/name",
    ],
    [
      "an overage on assigned seats",
      { allotments: [{ ...professional, overage: 5 }] },
      "OVERAGE_NOT_METERED",
      "/allotments/0/overage",
    ],
    [
      "an open overage on assigned seats",
      { allotments: [{ ...professional, overage: "YES" }] },
      "OVERAGE_NOT_METERED",
      "/allotments/0/overage",
    ],
  ])("say %s and point at it", (_name, change, code, pointer) => {
    const faults = definitionErrors({ ...definition, ...change });
    expect(faults).toEqual([expect.objectContaining({ code, pointer })]);
  });

  test("are all returned at once", () => {
    const wrong = { ...professional, overage: 1, units: [{ count: 1, valid: "?" }] };
    const faults = definitionErrors({ ...definition, valid: "?", allotments: [wrong, wrong, wrong] });
    expect(faults).toHaveLength(1 + 3 * 2 + 2);
  });
});
