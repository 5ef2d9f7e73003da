import { expect, test } from "vitest";
import { allotmentCalled } from "./allotment-names";
import { BUILT_IN_TEMPLATES, definitionFrom, templateOf } from "./license-template";

const NOW = new Date("2026-11-29T12:00:00Z");

test("the templates make definitions of a year, the trial of 30 days", () => {
  const made = BUILT_IN_TEMPLATES.map(({ id, template }) => {
    const { valid, trial, allotments, product } = definitionFrom(template, "QSEfW", NOW);
    return [id, product, valid, trial, allotments.map(({ name, units }) => `${units[0]?.count} ${name}`)];
  });
  expect(made).toEqual([
    ["seats", "QSEfW", "2026-11-29/2027-11-28", false, ["0 professional", "0 analyzer"]],
    ["capacity", "QSEfW", "2026-11-29/2027-11-28", false, ["0 analyzer_time"]],
    ["trial", "QSEfW", "2026-11-29/2026-12-28", true, ["5 professional", "5 analyzer"]],
  ]);
});

const definition = {
  ...{ product: "QCS", trial: false, parameters: [], valid: "2025-01-01/2026-12-31" },
  allotments: [
    {
      ...allotmentCalled("analyzer"),
      units: [
        { count: 40, valid: "./2026-12-31" },
        { count: 10, valid: "2026-06-01/." },
        { count: 100, valid: "2027-01-01/." },
      ],
    },
  ],
};

test("a template of a license keeps its length and the units in force, and moves to the day of the next one", () => {
  const template = templateOf(definition, ["QSEfW", "QCS"], NOW);
  expect(template).toMatchObject({ product: "QCS", period: { months: 24 }, products: ["QSEfW", "QCS"] });
  expect(template.allotments[0]?.units).toEqual([{ count: 50, valid: "" }]);
  expect(definitionFrom(template, "QSEfW", new Date("2027-03-01T00:00:00Z"))).toMatchObject({
    product: "QCS",
    valid: "2027-03-01/2029-02-28",
  });
});

test("a license without an end makes such a template, and one without a beginning makes one of a year", () => {
  expect(templateOf({ ...definition, valid: "" }, [], NOW).period).toBeNull();
  expect(templateOf({ ...definition, valid: "./2026-12-31" }, [], NOW).period).toEqual({ months: 12 });
});
