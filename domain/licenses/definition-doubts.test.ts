import { expect, test } from "vitest";
import type { Allotment } from "./definition";
import { doubtsOf } from "./definition-doubts";

const pool = (name: string, usage: "assigned" | "time", ...counts: number[]): Allotment => ({
  name,
  usage: { class: usage, minimum: 1 },
  provisions: [],
  units: counts.map((count) => ({ count, valid: "" })),
});

test.each([
  [pool("analyzer_time", "time", 100), []],
  [pool("professional", "assigned", 0, 5), []],
  [pool("viewer", "assigned", 1), []],
  [pool("viewer", "time", 1), []],
  [pool("", "assigned", 0), []],
  [
    pool("analyzer_time", "assigned", 10),
    [
      "analyzer_time usually counts minutes, but is set to seats for people. That can't be changed after saving.",
    ],
  ],
  [
    pool(" Core_Time ", "assigned", 10),
    ["Core_Time usually counts minutes, but is set to seats for people. That can't be changed after saving."],
  ],
  [
    pool("Professional", "time", 10),
    [
      "Professional usually counts seats for people, but is set to minutes. That can't be changed after saving.",
    ],
  ],
  [pool("analyzer", "assigned", 0), ["analyzer has no units, so nobody can use it."]],
  [pool("analyzer", "assigned"), ["analyzer has no units, so nobody can use it."]],
])("%j: %j", (allotment, sentences) => {
  expect(doubtsOf({ allotments: [allotment] }).map(({ sentence }) => sentence)).toEqual(sentences);
});

test("a doubt names its place", () => {
  const allotments = [pool("professional", "assigned", 5), pool("analyzer_time", "assigned", 0)];
  expect(doubtsOf({ allotments }).map(({ pointer }) => pointer)).toEqual([
    "/allotments/1/usage/class",
    "/allotments/1/units",
  ]);
});
