import { expect, test } from "vitest";
import { allotmentCalled } from "@/domain/licenses/allotment-names";
import { BUILT_IN_TEMPLATES } from "@/domain/licenses/license-template";
import { periodText, templateText } from "./period-labels";

test.each([
  [null, "no end date"],
  [{ days: 1 }, "1 day"],
  [{ months: 12 }, "1 year"],
  [{ months: 36 }, "3 years"],
  [{ months: 18 }, "18 months"],
])("the period %j is %s", (period, words) => {
  expect(periodText(period)).toBe(words);
});

test("a template is described by its product, units and length", () => {
  expect(BUILT_IN_TEMPLATES.map(({ template }) => templateText(template))).toEqual([
    "professional, analyzer, 1 year",
    "analyzer_time, 1 year",
    "5 professional, 5 analyzer, trial of 30 days",
  ]);
  const seats = [{ ...allotmentCalled("professional"), units: [{ count: 1200, valid: "" }] }];
  const own = { product: "QCS", products: [], parameters: [], trial: false, period: null, allotments: seats };
  expect(templateText(own)).toBe("QCS, 1,200 professional, no end date");
});
