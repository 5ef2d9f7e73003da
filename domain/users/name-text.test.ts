import { expect, test } from "vitest";
import { eachMatch, nameText } from "./name-text";

const NAMES = ["acme\\ann", "acme\\bob", "acme\\bobby", "bob", "zoë\\bob"];
const matched = (names: string[], part: string) => {
  const found: string[] = [];
  eachMatch(nameText(names.map((folded) => ({ folded }))), part, (at) => found.push(names[at] ?? "none"));
  return found;
};

test.each([
  ["bob", ["acme\\bob", "acme\\bobby", "bob", "zoë\\bob"]],
  ["acme", ["acme\\ann", "acme\\bob", "acme\\bobby"]],
  ["b", ["acme\\bob", "acme\\bobby", "bob", "zoë\\bob"]],
  ["ë", ["zoë\\bob"]],
  ["bobby", ["acme\\bobby"]],
  ["annacme", []],
  ["eve", []],
])("%j is found in %j", (part, expected) => expect(matched(NAMES, part)).toEqual(expected));

test("a part of an alias finds the seat of its user, and no part reaches from one name into the next", () => {
  const names = nameText([{ folded: "ann" }, { folded: "bob", foldedAliases: ["robert", "rob"] }]);
  const found = (part: string) => {
    const places: number[] = [];
    eachMatch(names, part, (at) => places.push(at));
    return places;
  };
  expect([found("rob"), found("bert"), found("bobr"), found("nnb"), found("n")]).toEqual([
    [1],
    [1],
    [],
    [],
    [0],
  ]);
});

test("every part finds what a look at each name finds", () => {
  const names = Array.from({ length: 1000 }, (_, at) => `u${(at * 7919) % 1000}`).sort();
  for (const part of ["u", "1", "99", "u99", "7", "0", "u0", "x"])
    expect(matched(names, part), part).toEqual(names.filter((name) => name.includes(part)));
  expect(matched([], "u")).toEqual([]);
});
