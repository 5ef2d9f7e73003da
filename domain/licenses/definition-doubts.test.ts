import { expect, test } from "vitest";
import type { Allotment } from "./definition";
import { doubtsOf } from "./definition-doubts";

const allotment = (name: string, usage: "assigned" | "time", ...counts: number[]): Allotment => ({
  name,
  usage: { class: usage, minimum: 1 },
  provisions: [],
  units: counts.map((count) => ({ count, valid: "" })),
});

test.each([
  [allotment("analyzer_time", "time", 100), []],
  [allotment("professional", "assigned", 0, 5), []],
  [allotment("viewer", "assigned", 1), []],
  [allotment("viewer", "time", 1), []],
  [allotment("", "assigned", 0), []],
  [
    allotment("analyzer_time", "assigned", 10),
    [
      "analyzer_time usually counts minutes, but is set to seats for people. That can't be changed after saving.",
    ],
  ],
  [
    allotment(" Core_Time ", "assigned", 10),
    ["Core_Time usually counts minutes, but is set to seats for people. That can't be changed after saving."],
  ],
  [
    allotment("Professional", "time", 10),
    [
      "Professional usually counts seats for people, but is set to minutes. That can't be changed after saving.",
    ],
  ],
  [allotment("analyzer", "assigned", 0), ["analyzer has no units, so nobody can use it."]],
  [allotment("analyzer", "assigned"), ["analyzer has no units, so nobody can use it."]],
])("the definition %j has the doubts %j", (allotment, sentences) => {
  expect(doubtsOf({ allotments: [allotment] }).map(({ sentence }) => sentence)).toEqual(sentences);
});

test("a name that products know gives its own access type, or a doubt", () => {
  const sentencesOf = (...types: string[]) => {
    const provisions = types.map((accessType) => ({ accessType }));
    const allotments = [{ ...allotment("analyzer_time", "time", 100), provisions }];
    return doubtsOf({ allotments }).map(({ pointer, sentence }) => `${pointer} ${sentence}`);
  };
  expect(sentencesOf("professional")).toEqual([
    "/allotments/0/provisions analyzer_time usually gives analyzer access, but is set to professional.",
  ]);
  expect(sentencesOf("professional", "analyzer")).toEqual([]);
  expect(sentencesOf()).toEqual([]);
});

test("a doubt points to its field", () => {
  const allotments = [allotment("professional", "assigned", 5), allotment("analyzer_time", "assigned", 0)];
  expect(doubtsOf({ allotments }).map(({ pointer }) => pointer)).toEqual([
    "/allotments/1/usage/class",
    "/allotments/1/units",
  ]);
});
