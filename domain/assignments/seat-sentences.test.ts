import { expect, test } from "vitest";
import { notAssigned, whyExcess } from "./seat-sentences";

const asked = { allotment: "professional", units: 400, seats: ["professional", "analyzer"] };

test.each([
  [
    "NO_AVAILABLE_UNITS",
    asked,
    "All 400 professional seats are taken. Release a seat, or raise the units in Definition.",
  ],
  ["NO_AVAILABLE_UNITS", { ...asked, units: 1 }, "The only professional seat is taken. "],
  ["NO_AVAILABLE_UNITS", { ...asked, units: 0 }, "No professional units are in force today. "],
  [
    "NOT_ASSIGNABLE",
    { ...asked, allotment: "analyzer_time" },
    "analyzer_time counts minutes, not people. Choose professional or analyzer.",
  ],
  [
    "UNKNOWN_ALLOTMENT",
    { ...asked, allotment: "analyser" },
    'This license has no allotment "analyser". Choose professional or analyzer.',
  ],
  ["LICENSE_NOT_VALID", asked, "The license and its grace days have ended, or it hasn't started yet. "],
] as const)("the sentence for %s has the reason and what to do", (code, about, words) => {
  expect(notAssigned("acme\\eve", code, about)).toContain(`acme\\eve was not assigned. ${words}`);
});

test("the sentence for an invisible character in a subject names its position", () => {
  expect(notAssigned("acme\\bo\u200bb", "INVALID_SUBJECT", asked)).toMatch(
    / was not assigned\. It has an invisible character \(U\+200B\) at position 8\./,
  );
});

test("the sentence for a line without a subject says so", () => {
  expect(notAssigned(" ", "INVALID_SUBJECT", asked)).toMatch(/^A line without a subject was not assigned\./);
});

test.each([
  [800, 800, null],
  [1805, 800, "This is analyzer seat 1,805 in order of assignment, and 800 are in force."],
  [2, 1, "This is analyzer seat 2 in order of assignment, and 1 is in force."],
  [1, 0, "This is analyzer seat 1 in order of assignment, and no analyzer units are in force today."],
])("the sentence for seat %i of %i units says why it is in excess", (rank, units, why) => {
  const told = whyExcess("analyzer", rank, units);
  expect(told?.slice(0, why?.length) ?? null).toBe(why);
});
