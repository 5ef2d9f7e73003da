import { expect, test } from "vitest";
import { columnLetter, columnName } from "./column-names";

test.each([
  [0, "A"],
  [25, "Z"],
  [26, "AA"],
  [51, "AZ"],
  [52, "BA"],
  [701, "ZZ"],
  [702, "AAA"],
])("column %i is %s", (column, letter) => expect(columnLetter(column)).toBe(letter));

const ROWS = [
  ["userId", ""],
  ["bob", "analyzer"],
];

test.each([
  [2, 0, "A: userId"],
  [2, 1, "B: analyzer"],
  [1, 0, "A: userId"],
  [2, 2, "C"],
  [9, 0, "A"],
])("with the first user in row %i, column %i is %j", (first, column, name) =>
  expect(columnName(ROWS, first, column)).toBe(name),
);
