import { expect, test } from "vitest";
import { endOfChunk } from "./import-sheet";

const turns = (...of: number[]) => of.map((turn) => ({ turn }));

test.each([
  [turns(1, 2, 3), 0, 2],
  [turns(1, 2, 3), 2, 3],
  [turns(1, 2, 2), 0, 1],
  [turns(1, 2, 2), 1, 3],
  [turns(1, 2, 2, 3), 1, 3],
])("of %j a part of two from %i ends before %i", (todo, from, end) =>
  expect(endOfChunk(todo, from, 2)).toBe(end),
);
