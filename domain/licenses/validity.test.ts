import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, dayOf } from "@/domain/month";
import { daysOf, inForce, overlaps, parseValidity, validityOf, whyNoValidity } from "./validity";

const moments = fc.date({ min: new Date("1990-01-01"), max: new Date("2060-01-01"), noInvalidDate: true });
const days = moments.map(dayOf);
const at = (text: string) => new Date(text);

test.each([
  ["", null, null],
  ["./.", null, null],
  ["2018-01-01/.", "2018-01-01", null],
  ["./2018-12-31", null, "2019-01-01"],
  ["2018-06-01/2018-12-31", "2018-06-01", "2019-01-01"],
  ["2018-06-01/2018-06-01", "2018-06-01", "2018-06-02"],
  ["2024-02-29/2024-02-29", "2024-02-29", "2024-03-01"],
  ["0001-01-01/9999-12-31", "0001-01-01", "+010000-01-01"],
])("%j is from %s up to %s", (text, from, to) =>
  expect(parseValidity(text)).toEqual({ from: from && at(`${from}T00:00Z`), to: to && at(`${to}T00:00Z`) }),
);

test.each([
  " ",
  ".",
  "/",
  "./",
  "/.",
  "././.",
  "2018-06-01",
  "2018-06-01/",
  "/2018-06-01",
  "2018-06-02/2018-06-01",
  "2018-02-29/.",
  "2018-02-30/.",
  "./2018-04-31",
  "2018-13-01/.",
  "2018-00-01/.",
  "2018-06-00/.",
  "0000-01-01/.",
  "2018-6-1/.",
  "2018-06-01T00:00:00Z/.",
  "2018-06-01/2018-12-31\n",
  " 2018-06-01/2018-12-31",
  "2018-06-01 / 2018-12-31",
  "2018-06-01--2018-12-31",
  "always",
])("%j can't be read and is never in force", (text) => {
  expect(parseValidity(text)).toBeNull();
  expect(inForce(text, at("2018-06-15T00:00:00Z"))).toBe(false);
});

test.each([
  ["2018-05-31T23:59:59.999Z", false],
  ["2018-06-01T00:00:00.000Z", true],
  ["2018-12-31T23:59:59.999Z", true],
  ["2019-01-01T00:00:00.000Z", false],
])("at %s it is %s that 2018-06-01/2018-12-31 is in force", (moment, expected) =>
  expect(inForce("2018-06-01/2018-12-31", at(moment))).toBe(expected),
);

test("a moment is in force when its UTC day is one of the days named", () => {
  fc.assert(
    fc.property(days, days, moments, (a, b, moment) => {
      const [first, last] = a < b ? [a, b] : [b, a];
      const day = dayOf(moment);
      expect(inForce(`${first}/${last}`, moment)).toBe(first <= day && day <= last);
      expect(inForce(`${first}/.`, moment)).toBe(first <= day);
      expect(inForce(`./${last}`, moment)).toBe(day <= last);
    }),
  );
});

test("an interval overlaps a span exactly when one of its days is a day of the span", () => {
  fc.assert(
    fc.property(days, fc.nat({ max: 40 }), days, fc.nat({ max: 40 }), (first, length, from, span) => {
      const last = addDays(first, length);
      const interval = parseValidity(`${first}/${last}`);
      const to = addDays(from, span + 1);
      expect(interval && overlaps(interval, at(from), at(to))).toBe(first < to && from <= last);
    }),
  );
});

test("an interval does not overlap a span that begins at its end or ends at its beginning", () => {
  const june = { from: at("2018-06-01"), to: at("2018-07-01") };
  expect(overlaps(june, at("2018-07-01"), at("2018-08-01"))).toBe(false);
  expect(overlaps(june, at("2018-05-01"), at("2018-06-01"))).toBe(false);
  expect(overlaps({ from: null, to: null }, at("2018-05-01"), at("2018-06-01"))).toBe(true);
});

test.each([
  ["", { first: "", last: "" }],
  ["2018-01-01/.", { first: "2018-01-01", last: "" }],
  ["./2018-12-31", { first: "", last: "2018-12-31" }],
  ["2018-01-01/2018-12-31", { first: "2018-01-01", last: "2018-12-31" }],
] as const)("%j is from and to %j, in both directions", (valid, days) => {
  expect(daysOf(valid)).toEqual(days);
  expect(validityOf(days)).toBe(valid);
});

test("a text that isn't a validity has no days", () => {
  expect(daysOf("forever")).toBeNull();
  expect(daysOf("./.")).toEqual({ first: "", last: "" });
});

test.each([
  ["2018-06-02/2018-06-01", "It ends on 2018-06-01, before it begins on 2018-06-02."],
  ["2018-02-29/.", "There is no day 2018-02-29."],
  ["./2018-04-31", "There is no day 2018-04-31."],
  ["2018-06-01", '"2018-06-01" isn\'t a validity. Write "2018-01-01/2018-12-31"'],
  ["2018-06-01--2018-12-31", "isn't a validity. Write"],
])("%j is refused with the allowed forms", (text, words) => expect(whyNoValidity(text)).toContain(words));

test("a text that can be read is accepted", () => expect(whyNoValidity("./.")).toBeNull());
