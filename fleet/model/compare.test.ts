import { expect, test } from "vitest";
import { difference } from "./compare";
import { Model } from "./model";

const NOW = new Date("2026-03-10T12:00:00Z");
const LICENSE = "1234123412341234";
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
  const expected = new Model(LICENSE, pools(), false).take("/v1/assignments/sync", ADD, NOW);
  const seen = difference(expected, { status, body });
  if (found === null) expect(seen).toBeNull();
  else expect(seen).toContain(found);
});

test("a report is counted once, whatever is repeated", () => {
  const model = new Model(LICENSE, pools(), false);
  const element = { id: "0", allotment: "analyzer_time", month: "2026-03", consumption: 6, sequence: 1 };
  const send = () =>
    model.take("/v1/consumption", { source: "a", consumption: [element] }, NOW).body?.consumption[0];
  expect(send()).toMatchObject({ total: 6, remaining: 94, duplicate: false });
  expect(send()).toMatchObject({ total: 6, remaining: 94, duplicate: true });
});

function pools() {
  return new Map([
    ["professional", { isTime: false, units: 1, overage: 0, block: 1 }],
    ["analyzer_time", { isTime: true, units: 100, overage: 0, block: 6 }],
  ]);
}
