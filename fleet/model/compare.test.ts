import { expect, test } from "vitest";
import { subjectHash } from "@/domain/offline/offline-log";
import { difference } from "./compare";
import { Model } from "./model";

const NOW = new Date("2026-03-10T12:00:00Z");
const LICENSE = "1234123412341234";
const SALT = "00ff";
const ROW = {
  instance: "",
  allotment: "professional",
  subject: "acme\\ann",
  created: "2026-03-10T11:00:00.000Z",
};
const ADD = { source: "a", bases: [], patches: [{ ...ROW, version: 0, license: LICENSE }] };
const TAKEN = { ...ROW, instance: "77", version: 1, license: LICENSE, rejection: "" };
const REPLY = {
  bases: [{ license: LICENSE, version: 1, epoch: "e", mark: "m" }],
  patches: [TAKEN],
  snapshot: true,
};

test.each([
  ["a reply as the contract says", 200, REPLY, null],
  ["another status", 503, REPLY, "status 503"],
  [
    "a version too high",
    200,
    { ...REPLY, bases: [{ ...REPLY.bases[0], version: 2 }] },
    "/bases/0/version is 2",
  ],
  ["a lost seat", 200, { ...REPLY, patches: [] }, "/patches is []"],
  ["a seat twice", 200, { ...REPLY, patches: [TAKEN, TAKEN] }, "/patches is"],
  ["no snapshot", 200, { ...REPLY, snapshot: undefined }, "/snapshot is undefined"],
  ["a rejection", 200, { ...REPLY, patches: [{ ...TAKEN, rejection: "NOT_ASSIGNABLE: no" }] }, "/rejection"],
])("%s", (_, status, body, found) => {
  const expected = modelled().take("/v1/assignments/sync", ADD, NOW);
  const seen = difference(expected, { status, body });
  if (found === null) expect(seen).toBeNull();
  else expect(seen).toContain(found);
});

test("a report is counted once, whatever is repeated", () => {
  const model = modelled();
  const element = { id: "0", allotment: "analyzer_time", month: "2026-03", consumption: 6, sequence: 1 };
  const send = () =>
    model.take("/v1/consumption", { source: "a", consumption: [element] }, NOW).body?.consumption[0];
  expect(send()).toMatchObject({ total: 6, remaining: 94, duplicate: false });
  expect(send()).toMatchObject({ total: 6, remaining: 94, duplicate: true });
});

test("a log is taken once, its seats are those of its users, and what an admin released is told", () => {
  const model = modelled();
  const hash = subjectHash(Buffer.from(SALT, "hex"), ROW.subject, "folded");
  const { allotment, created } = ROW;
  const lines = [
    { sequence: 1, allotment, created, subject: hash },
    { sequence: 2, allotment, created, subject: "ab".repeat(16) },
  ];
  const log = { header: { log: "l", kind: "assignments", source: "mill" }, lines };
  const send = () => model.take("/v1/assignments/log", log, NOW).body;
  const rejected = [{ sequence: 2, rejection: "NO_AVAILABLE_UNITS" }];
  expect(send()).toMatchObject({ through: 2, new: 2, rejected, claims: { released: [] } });
  expect(model.take("/v1/assignments/sync", ADD, NOW).body?.patches).toMatchObject([
    { subject: ROW.subject, version: 2 },
  ]);
  model.learn(REPLY);
  model.seats.learn({ ...TAKEN, version: 2 });
  model.seats.release(TAKEN.instance, NOW);
  expect(send()).toMatchObject({ through: 2, new: 0, rejected, claims: { released: [1] } });
});

test("a deployment with another product is refused until an admin accepts it", () => {
  const model = modelled();
  model.guests.set("a", "unknown");
  const ask = (path: string) => model.take(path, { source: "a" }, NOW);
  const refused = { status: 403, body: { code: "DUAL_USE_REQUIRED" } };
  expect(ask("/v1/definition")).toEqual(refused);
  expect(model.guests.get("a")).toBe("unknown");
  expect(ask("/v1/activations")).toEqual(refused);
  expect(model.guests.get("a")).toBe("waiting");
  model.guests.set("a", "accepted");
  expect(ask("/v1/activations")).toEqual({ status: 200 });
});

function modelled(): Model {
  const pools = new Map([
    ["professional", { isTime: false, units: 1, overage: 0, block: 1 }],
    ["analyzer_time", { isTime: true, units: 100, overage: 0, block: 6 }],
  ]);
  return new Model({ license: LICENSE, pools, isBounded: false, salt: SALT });
}
