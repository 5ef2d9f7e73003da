import { expect, test } from "vitest";
import { type Local, mergeReply, nextRequest, type Reply, type Row } from "./sync-client";

const license = "1234123412341234";
const created = "2019-04-18T10:01:35.024Z";
const deleted = "2019-04-19T00:00:00Z";
const add = { instance: "", version: 0, license, allotment: "analyzer", subject: "acme\\bob", created };

const row = (instance: string, version: number): Row => ({
  instance,
  version,
  allotment: "analyzer",
  subject: "ACME\\Bob",
  created,
});
const known = (...rows: Row[]) => new Map(rows.map((each) => [each.instance, each]));
const sent = (...rows: Row[]) => rows.map((each) => ({ ...each, license, rejection: "" }));
const base = (version: number, epoch = "a") => ({ license, version, epoch });
const fresh: Local = { base: null, rows: known(), outbox: [], paging: null };

test("a first request has base 0, a later one the base of the last complete response", () => {
  expect(nextRequest(fresh, license)).toEqual({ bases: [{ license, version: 0 }], patches: [] });
  const local = mergeReply(fresh, 0, { bases: [base(7)], patches: sent(row("1", 7)), snapshot: true });
  expect(local).toEqual({ ...fresh, base: { version: 7, epoch: "a" }, rows: known(row("1", 7)) });
  expect(nextRequest(local, license).bases).toEqual([base(7)]);
});

test("the mark of a base is sent back with it, and a base of an older server has none", () => {
  const reply: Reply = { bases: [{ ...base(7), mark: "m" }], patches: [] };
  const local = mergeReply(fresh, 0, reply);
  expect(nextRequest(local, license).bases).toEqual(reply.bases);
  const older = mergeReply(local, 0, { bases: [base(8)], patches: [] });
  expect(nextRequest(older, license).bases).toEqual([base(8)]);
});

test("pages are requested without patches, which wait", () => {
  const reply: Reply = { bases: [base(3)], patches: sent(row("1", 4)), more: "x" };
  const local = mergeReply({ ...fresh, base: { version: 3 }, outbox: [add] }, 0, reply);
  expect(nextRequest(local, license)).toEqual({
    bases: [{ license, version: 3 }],
    patches: [],
    after: "x",
  });
  expect(local).toMatchObject({ rows: known(row("1", 4)), outbox: [add] });
});

test("a snapshot applies with its last page, its results at once", () => {
  const before: Local = {
    ...fresh,
    base: { version: 3, epoch: "a" },
    rows: known(row("9", 2)),
    outbox: [add],
  };
  const first: Reply = {
    bases: [base(3)],
    patches: sent(row("5", 12), row("1", 1)),
    snapshot: true,
    more: "x",
  };
  const halfway = mergeReply(before, 1, first);
  expect(halfway).toMatchObject({ base: before.base, rows: known(row("9", 2), row("5", 12)), outbox: [] });
  const last = mergeReply(halfway, 0, { bases: [base(12)], patches: sent(row("2", 6)), snapshot: true });
  expect(last.rows).toEqual(known(row("5", 12), row("1", 1), row("2", 6)));
  expect([last.base, last.paging]).toEqual([{ version: 12, epoch: "a" }, null]);
});

test("a snapshot that restarts in another epoch discards the pages before", () => {
  const pages = (epoch: string, each: Row): Reply => ({
    bases: [base(0, epoch)],
    patches: sent(each),
    snapshot: true,
    more: "x",
  });
  const halfway = mergeReply(mergeReply(fresh, 0, pages("a", row("1", 1))), 0, pages("b", row("2", 2)));
  const last = mergeReply(halfway, 0, { bases: [base(4, "b")], patches: [], snapshot: true });
  expect(last.rows).toEqual(known(row("2", 2)));
});

test("a delete that waits for the instance of its add gets it, even if another source added it", () => {
  const eve = { ...add, subject: "acme\\eve", deleted };
  const local: Local = { ...fresh, outbox: [add, { ...add, deleted }, eve] };
  const reply: Reply = { bases: [base(7)], patches: sent(row("1", 7)) };
  expect(mergeReply(local, 1, reply).outbox).toEqual([{ ...add, deleted, instance: "1" }, eve]);
});

test("a rejected patch and a delete of an unknown instance leave the outbox and change no row", () => {
  const local: Local = { ...fresh, rows: known(row("1", 7)), outbox: [add, { ...add, deleted }] };
  const patches = [
    { ...add, rejection: "NO_AVAILABLE_UNITS: every seat is taken" },
    { ...add, deleted, rejection: "" },
  ];
  const merged = mergeReply(local, 2, { bases: [base(7)], patches });
  expect(merged).toMatchObject({ rows: local.rows, outbox: [] });
});
