import fc from "fast-check";
import { expect, test } from "vitest";
import { idEcho, patchEcho } from "./echo";

test.each([
  ["a", "a"],
  [7, 7],
  [true, "true"],
  [Number.POSITIVE_INFINITY, "Infinity"],
  [null, undefined],
  [undefined, undefined],
  [{ any: ["id"] }, undefined],
  [[[[]]], undefined],
])("the id %j is returned as %j", (sent, echo) => expect(idEcho(sent)).toBe(echo));

test("a well-formed patch is returned unchanged, without members that the protocol doesn't have", () => {
  const patch = {
    instance: "7",
    version: 3,
    license: "1234 1234 1234 1234",
    allotment: "Analyzer",
    subject: " acme\\bob",
    created: "yesterday",
    deleted: "now",
    auto: true,
    lastUsed: "2019-04-18",
  };
  expect(patchEcho({ ...patch, ...{ excess: "x", rank: {} } })).toEqual(patch);
});

test("every member of an echoed patch has its type, whatever was sent", () => {
  const members = [
    "instance",
    "version",
    "license",
    "allotment",
    "subject",
    "created",
    "deleted",
    "auto",
    "lastUsed",
  ];
  const any = fc.record(Object.fromEntries(members.map((name) => [name, fc.jsonValue()])), {
    requiredKeys: [],
  });
  fc.assert(
    fc.property(any, (sent) => {
      const { version, auto = false, ...texts } = patchEcho(sent);
      expect(Number.isSafeInteger(version)).toBe(true);
      expect(typeof auto).toBe("boolean");
      expect(Object.values(texts).filter((text) => typeof text !== "string")).toEqual([]);
    }),
  );
});
