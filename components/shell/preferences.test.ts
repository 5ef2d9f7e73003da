import { expect, test } from "vitest";
import { type Preferences, readPreferences, writePreferences } from "./preferences";

const USUAL: Preferences = {
  density: "comfortable",
  inUtc: false,
  singleKeys: true,
  firstSteps: true,
  pages: false,
};

test.each<[string | undefined, Partial<Preferences>]>([
  [undefined, {}],
  ["", {}],
  ["density=compact", { density: "compact" }],
  ["density=tiny&utc=maybe&keys=maybe", {}],
  ["utc=on&keys=off", { inUtc: true, singleKeys: false }],
  ["steps=off&pages=on", { firstSteps: false, pages: true }],
  ["pages=perhaps", {}],
])("the cookie %j says %j", (cookie, said) => {
  expect(readPreferences(cookie)).toEqual({ ...USUAL, ...said });
});

test.each<Preferences>([
  USUAL,
  { density: "compact", inUtc: true, singleKeys: false, firstSteps: false, pages: true },
])("%j is read as it was written", (preferences) => {
  expect(readPreferences(writePreferences(preferences))).toEqual(preferences);
});
