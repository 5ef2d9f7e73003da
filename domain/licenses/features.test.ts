import { expect, test } from "vitest";
import { parseFeatures } from "./features";

test.each([
  [undefined, []],
  ["", []],
  ["dual-use", ["dual-use"]],
  ["dual-use, leases", ["leases", "dual-use"]],
  [" Aliases,,dual-use ,ALIASES,teleport", ["aliases", "dual-use"]],
  ["dual-use;q=1", []],
  ["constructor, __proto__", []],
] as const)("the header %j names the features %j", (header, features) => {
  expect(parseFeatures(header)).toEqual(features);
});
