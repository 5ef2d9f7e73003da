import { expect, test } from "vitest";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import { addressWithout, areMany, type Field, fieldText, setFields } from "./filter-fields";

const choices = [{ value: "in-use", name: "In use" }];
const state: Field = { name: "state", label: "State", any: "Any state", value: "in-use", choices };
const sort: Field = { name: "sort", label: "Sort by", any: "Newest first", value: "name", choices: [] };
const day: Field = { kind: "day", name: "from", label: "From", value: "2026-11-28" };
const object: Field = { kind: "text", name: "object", label: "Object", value: "Warsaw" };

test("a field says what it filters by; a value that isn't offered stays as it is", () => {
  expect(
    [state, day, { ...day, value: "soon" }, object, { ...state, value: "gone" }].map((field) =>
      fieldText(field, DEFAULT_STYLE),
    ),
  ).toEqual(["In use", "From 28\u00A0Nov\u00A02026", "From: “soon”", "Object: “Warsaw”", "gone"]);
});

test("an order and an empty field don't filter", () => {
  expect(setFields([state, sort, { ...day, value: "" }])).toEqual([state]);
});

test.each([
  [[state, state, sort], false],
  [[state, state, state, sort], true],
  [[day], true],
  [[object], true],
])("%j need a line of their own: %s", (fields, is) => {
  expect(areMany(fields)).toBe(is);
});

test("cleared filters leave order and columns, and start at the beginning", () => {
  const params = new URLSearchParams("q=acme&state=in-use&sort=name&cols=seats&cursor=b.1&open=x");
  expect(addressWithout("/tokens", params, ["q", "state"])).toBe("/tokens?sort=name&cols=seats");
  expect(addressWithout("/tokens", new URLSearchParams("q=acme"), ["q"])).toBe("/tokens");
});
