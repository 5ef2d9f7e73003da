import { expect, test } from "vitest";
import { type Preferences, readPreferences, writePreferences } from "./preferences";

const USUAL: Preferences = {
  density: "comfortable",
  zone: "UTC",
  singleKeys: true,
  firstSteps: true,
  pages: false,
};

test.each<[string | undefined, Partial<Preferences>]>([
  [undefined, {}],
  ["", {}],
  ["density=compact", { density: "compact" }],
  ["density=tiny&zone=Middle%2FEarth&keys=maybe", {}],
  ["zone=Europe%2FBerlin&keys=off", { zone: "Europe/Berlin", singleKeys: false }],
  ["steps=off&pages=on", { firstSteps: false, pages: true }],
  ["pages=perhaps", {}],
])("the cookie %j says %j", (cookie, said) => {
  expect(readPreferences(cookie)).toEqual({ ...USUAL, ...said });
});

test.each<Preferences>([
  USUAL,
  { density: "compact", zone: "America/New_York", singleKeys: false, firstSteps: false, pages: true },
])("%j is read as it was written", (preferences) => {
  expect(readPreferences(writePreferences(preferences))).toEqual(preferences);
});
