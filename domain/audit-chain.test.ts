import { expect, test } from "vitest";
import { type AuditEntry, isOfOneChange } from "./audit-chain";

const released: AuditEntry = {
  chain: "1",
  sequence: 7,
  at: new Date("2026-08-23T14:03:21Z"),
  actorKind: "user",
  actor: "ana",
  action: "assignment.released",
  object: "12",
  details: { allotment: "analyzer", version: 4 },
  address: null,
  requestId: "r1",
};

test.each([
  ["another seat", { object: "13", sequence: 8, details: { allotment: "analyzer", version: 5 } }, true],
  ["another allotment", { details: { allotment: "professional", version: 5 } }, false],
  ["what was done to it", { action: "assignment.added" }, false],
  ["another moment", { at: new Date("2026-08-23T14:03:22Z") }, false],
  ["another person", { actor: "leo" }, false],
  ["a token of the same id", { actorKind: "token" }, false],
  ["another request", { requestId: "r2" }, false],
  ["no request", { requestId: null }, false],
] as const)("%s, %j, is of one change: %s", (_, other, isOne) =>
  expect(isOfOneChange(released, { ...released, ...other })).toBe(isOne),
);

test("what is done to other things is never of one change", () => {
  const revoked = { ...released, action: "key.revoked" };
  expect(isOfOneChange(revoked, revoked)).toBe(false);
});
