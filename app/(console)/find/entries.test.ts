import { expect, test } from "vitest";
import { type Entry, grouped, isLike } from "./entries";

test.each([
  ["", true],
  ["sim", true],
  ["deployment simulate", true],
  ["SIMULATE", true],
  ["ploy", false],
  ["simulate keys", false],
])("%j is like “Simulate a deployment”: %s", (text, like) => {
  expect(isLike("Simulate a deployment", text)).toBe(like);
});

test("entries stand in the order of their groups", () => {
  const entry = (group: Entry["group"], id: string): Entry => ({ id, group, name: id, href: "/" });
  const groups = grouped([entry("Terms", "quota"), entry("Go to", "keys"), entry("Terms", "cap")]);
  expect(groups.map(({ name, entries }) => [name, entries.map(({ id }) => id)])).toEqual([
    ["Go to", ["keys"]],
    ["Terms", ["quota", "cap"]],
  ]);
});
