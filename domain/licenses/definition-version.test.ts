import fc from "fast-check";
import { expect, test } from "vitest";
import type { Definition } from "./definition";
import { definitionVersion } from "./definition-version";

const definition: Definition = {
  product: "QSEfW",
  valid: "2018-06-01/2018-12-31",
  trial: false,
  allotments: [
    {
      name: "analyzer_time",
      usage: { class: "time", minimum: 6 },
      provisions: [{ accessType: "analyzer" }],
      units: [{ count: 200, valid: "" }],
      overage: 50,
    },
  ],
  parameters: [],
};

test("a version is five groups of four", () => {
  fc.assert(
    fc.property(fc.string(), (product) => {
      expect(definitionVersion({ ...definition, product })).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/);
    }),
  );
});

test("equal content always has the same version", () =>
  expect(definitionVersion(definition)).toBe("3QPT-ESA1-1YTN-I4QP-F3JJ"));

test("the order of members and undefined members make no difference", () => {
  const { product, valid, trial, allotments, parameters } = definition;
  const turned: Definition = {
    parameters,
    allotments: allotments.map(({ name, usage, provisions, units, overage }) => ({
      products: undefined,
      overage,
      units: units.map(({ count, valid: dates }) => ({ valid: dates, count })),
      provisions,
      usage: { minimum: usage.minimum, class: usage.class },
      name,
    })),
    trial,
    valid,
    product,
  };
  expect(definitionVersion(turned)).toBe(definitionVersion(definition));
});

test("content read back from JSON has the same version", () => {
  const values = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(values, (content) => {
      const parameters = [{ name: "geo", valid: "", values: content }];
      const stored: Definition = { ...definition, parameters };
      const read: Definition = JSON.parse(JSON.stringify(stored));
      expect(definitionVersion(read)).toBe(definitionVersion(stored));
    }),
  );
});

test.each<[string, Partial<Definition>]>([
  ["product", { product: "QV" }],
  ["valid", { valid: "" }],
  ["trial", { trial: true }],
  ["allotments", { allotments: [] }],
  ["parameters", { parameters: [{ name: "geo", valid: "" }] }],
])("another %s is another version", (_member, change) =>
  expect(definitionVersion({ ...definition, ...change })).not.toBe(definitionVersion(definition)),
);

test("the order of a list is content", () => {
  const two = [
    { name: "a", valid: "" },
    { name: "b", valid: "" },
  ];
  const one = definitionVersion({ ...definition, parameters: two });
  expect(definitionVersion({ ...definition, parameters: two.toReversed() })).not.toBe(one);
});
