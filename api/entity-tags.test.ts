import { expect, test } from "vitest";
import { isNoneMatch, strongTags } from "./entity-tags";

test.each([
  [undefined, false],
  ["", false],
  ['"a"', true],
  ['W/"a"', true],
  ['"b", W/"a"', true],
  ['"b","a" , "c"', true],
  [', "a",', true],
  ["*", true],
  [" * ", true],
  ['"b", *', false],
  ["a", false],
  ['w/"a"', false],
  ['"a', false],
  ['"A"', false],
  ['"b a"', false],
  ['"a" "b"', false],
])("If-None-Match: %s matches the tag a: %s", (header, matches) =>
  expect(isNoneMatch(header, "a")).toBe(matches),
);

test("a tag may contain a comma and non-ASCII characters", () => {
  expect(isNoneMatch('"b", "a,c"', "a,c")).toBe(true);
  expect(isNoneMatch('"b", "a,c"', "a")).toBe(false);
  expect(isNoneMatch('"\u00fc"', "\u00fc")).toBe(true);
});

test.each([
  ["*", null],
  ['"a", W/"b", "c"', ["a", "c"]],
  ['W/"a"', []],
  ["a", []],
  ["", []],
  ['""', [""]],
])("If-Match: %s requires one of %j", (header, tags) => expect(strongTags(header)).toEqual(tags));
