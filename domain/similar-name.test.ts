import { expect, test } from "vitest";
import { similarName } from "./similar-name";

const KNOWN = [
  "Nordlicht Logistik AG",
  "Bellweather Foods Ltd",
  "Castellan Privatbank",
  "Acme",
  "Łódź Sp. z o.o.",
];

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
  expect(similarName(typed, KNOWN)).toBe(meant);
});

test.each(["", "Acm", "Acne", "Nordlichter Verein", "CASTELLAN PRIVATBANK", "Bellweather Fruit", "Contoso"])(
  "%j is nobody else",
  (typed) => {
    expect(similarName(typed, KNOWN)).toBeNull();
  },
);
