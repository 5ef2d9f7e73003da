import { expect, test } from "vitest";
import { knownNames } from "./known-names";

const KNOWN = knownNames([
  "Nordlicht Logistik AG",
  "Bellweather Foods Ltd",
  "Castellan Privatbank",
  "Acme",
  "Łódź Sp. z o.o.",
]);

test.each([
  ["nordlicht logistik", "Nordlicht Logistik AG"],
  ["Nordlicht Logistik GmbH", "Nordlicht Logistik AG"],
  ["Nordlicht-Logistik", "Nordlicht Logistik AG"],
  ["Nordlicht", "Nordlicht Logistik AG"],
  ["Norldicht Logistik", "Nordlicht Logistik AG"],
  ["Belweather Foods", "Bellweather Foods Ltd"],
  ["Castellan Privatbánk", "Castellan Privatbank"],
  ["Acme Inc.", "Acme"],
])("%s is probably %s", (typed, meant) => {
  expect(KNOWN.similarTo(typed)).toBe(meant);
});

test.each(["", "Acm", "Acne", "Nordlichter Verein", "CASTELLAN PRIVATBANK", "Bellweather Fruit", "Contoso"])(
  "%j is nobody else",
  (typed) => {
    expect(KNOWN.similarTo(typed)).toBeNull();
  },
);

test("a name is known in any case, but not with another spelling", () => {
  expect(["acme", " ACME "].every(KNOWN.has)).toBe(true);
  expect(["Acme Inc.", "Castellan Privatbánk", ""].some(KNOWN.has)).toBe(false);
});
