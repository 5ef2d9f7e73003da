import { expect, test } from "vitest";
import { effectsText, sequencesText } from "./log-labels";

const minutes = { allotment: "analyzer_time", month: "2026-08", minutes: 120 };
const rejection = { code: "NO_AVAILABLE_UNITS", title: "", sentence: "" };

test.each([
  [{ added: 2, released: 1, minutes: [] }, "2 seats assigned, 1 seat released"],
  [{ added: 0, released: 0, minutes: [minutes] }, "120 minutes of analyzer_time in August 2026"],
  [{ added: 0, released: 0, minutes: [] }, "nothing"],
])("%j is %s", (effects, words) => expect(effectsText(effects)).toBe(words));

test.each([
  [[4], 1, "4"],
  [[4, 7, 1200], 5, "4, 7, 1,200 and 2 more"],
])("lines %j of %i are %s", (sequences, count, words) =>
  expect(sequencesText({ ...rejection, sequences, count })).toBe(words),
);
