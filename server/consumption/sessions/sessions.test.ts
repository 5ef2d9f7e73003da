import { expect, test } from "vitest";
import { readElement } from "@/domain/consumption/report";
import { addMonths } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import { declareAlias } from "@/server/assignments/aliases/alias-changes";
import { recordConsumption } from "@/server/consumption/consumption";
import { recordDenials } from "@/server/consumption/denials/denial-intake";
import type { Caller } from "@/server/deployments/admission";
import { changeLicense } from "@/server/licenses/license-changes";
import { purge } from "@/server/maintenance/purge";
import { partitionName } from "@/server/store/month-partitions";
import { store } from "@/server/store/store";
import { NOW } from "@/server/testing/test-licenses";
import { element, everythingOf, meteredLicense, month } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { recordSessions } from "./session-intake";
import { listSessions } from "./session-list";
import { dropPartitions } from "./session-partitions";
import { storeSessions } from "./session-statement";
import { sessionSums, type TopKey, topOf, topsOf } from "./session-tops";

useStore();

const times = { start: "2026-08-24T08:00:00Z", end: "2026-08-24T09:00:00Z" };
type Sent = { id: string; minutes: number; subject?: string; app?: string; end?: string; start?: string };
const session = (id: string, minutes: number, more: Partial<Sent> = {}) => ({
  id,
  minutes,
  ...times,
  ...more,
});

/** Reports minutes with sessions, as the product API does. */
async function report(caller: Caller, sent: Sent[], more: Record<string, unknown> = {}, now = NOW) {
  const items = [element(6, { ...more, sessions: sent })];
  const booked = { caller, elements: items.map((item) => readElement(item, now)), now };
  const [result] = await recordSessions(booked, items, await recordConsumption(booked));
  return result;
}

/** An anonymous session of one deployment, as it is stored. */
const rowOf = (license: string, id: string, minutes: number) => ({
  ...{ license, month, source: "mill", id, allotment: "analyzer_time", user: "", subject: null, app: "" },
  ...{ start: NOW, end: NOW, minutes },
});

const rowsOf = async (license: string) =>
  (await listSessions(license, { withNames: true }, { limit: 50 })).items;
const tops = async (license: string, kind: "user" | "app" | "deployment", withNames = true) => {
  const of = { license, meter: { key: "analyzer_time", name: "analyzer_time" }, month };
  return topsOf({ ...of, kind, withNames, limit: 10 }, await sessionSums(of));
};

test("of two reports of a session the one with more minutes stays, and totals count minutes once", async () => {
  const { number, call } = await meteredLicense();
  const caller = call({ source: "mill" });
  await report(caller, [session("s1", 12, { app: "Sales" }), session("s2", 6)], { sequence: 1 });
  const before = await everythingOf(number);
  const again = await report(caller, [session("s1", 30, { app: "Sales" })], { sequence: 1 });
  const late = await report(caller, [session("s1", 18, { app: "Other" })], { sequence: 1 });
  expect([again, late]).toMatchObject([
    { duplicate: true, total: 6, sessions: 1 },
    { duplicate: true, total: 6, sessions: 1 },
  ]);
  expect((await everythingOf(number)).usage).toEqual(before.usage);
  expect((await rowsOf(number)).map(({ session: id, app, minutes }) => [id, app, minutes])).toEqual([
    ["s2", "", 6],
    ["s1", "Sales", 30],
  ]);
  expect(await tops(number, "app")).toMatchObject([
    { name: "Sales", minutes: 30, sessions: 1 },
    { name: null, minutes: 6, sessions: 1 },
  ]);
  expect(await tops(number, "deployment")).toMatchObject([
    { key: "mill", minutes: 36, sessions: 2, share: 1 },
  ]);
});

test("a session that changes user and app moves its minutes with it", async () => {
  const { number, call } = await meteredLicense();
  const caller = call();
  await report(caller, [session("s1", 6, { subject: "acme\\bob", app: "Sales" })]);
  await report(caller, [session("s1", 12, { subject: "acme\\eve", app: "Stock" })]);
  expect(await tops(number, "app")).toMatchObject([{ name: "Stock", minutes: 12, sessions: 1 }]);
  expect(await tops(number, "user")).toHaveLength(1);
});

test("sessions and denials of an alias are its user's", async () => {
  const { number, call } = await meteredLicense();
  await declareAlias({ license: number, actor: SYSTEM, now: NOW }, { subject: "acme\\bob", alias: "bob" });
  await changeLicense(number, { settings: { sessionNames: true } }, null, SYSTEM, NOW);
  const caller = call({ source: "mill" });
  await report(caller, [session("s1", 6, { subject: "Bob" }), session("s2", 6, { subject: "ACME\\bob" })]);
  expect(await tops(number, "user")).toMatchObject([{ minutes: 12, sessions: 2 }]);
  const denial = { hour: "2026-08-24T09:00:00Z", reason: "NOT_ASSIGNED", count: 1 };
  const sent = ["bob", "acme\\bob", "eve"].map((subject) => ({ ...denial, subject }));
  await recordDenials({ caller, elements: [], now: NOW }, sent);
  const rows = await store().db.denial.findMany({ where: { license: number } });
  expect(rows).toHaveLength(2);
});

test("users are an index unless the license keeps names, and names go when it stops", async () => {
  const { number, call } = await meteredLicense();
  const caller = call();
  await report(caller, [session("s1", 6, { subject: "acme\\bob" }), session("s2", 12)]);
  const [anonymous, bob] = await tops(number, "user");
  expect(anonymous).toMatchObject({ key: "", name: null, minutes: 12 });
  expect(bob).toMatchObject({ key: expect.stringMatching(/^[0-9a-f]{64}$/), name: null });
  await changeLicense(number, { settings: { sessionNames: true } }, null, SYSTEM, NOW);
  await report(caller, [session("s3", 30, { subject: "ACME\\Bob" })]);
  expect(await tops(number, "user")).toMatchObject([{ key: bob?.key, name: "ACME\\Bob", minutes: 36 }, {}]);
  expect((await tops(number, "user", false))[0]).toMatchObject({ key: bob?.key, name: null });
  expect(await rowsOf(number)).toContainEqual(expect.objectContaining({ session: "s3", user: "ACME\\Bob" }));
  const stored = await store().db.sessionTotal.findMany({ where: { license: number, kind: "user" } });
  expect(JSON.stringify(stored.map(({ subject }) => String(subject)))).not.toContain("Bob");
  await changeLicense(number, { settings: { sessionNames: false } }, null, SYSTEM, NOW);
  expect((await tops(number, "user"))[0]).toMatchObject({ key: bob?.key, name: null });
});

test("a bad session is named, an element that isn't booked stores none, and a report without sessions says nothing of them", async () => {
  const { number, call } = await meteredLicense();
  const caller = call();
  expect(await report(caller, [session("s1", 6), session("s2", -1)])).toMatchObject({
    sessions: 1,
    sessionErrors: [{ id: "s2", code: "INVALID_MINUTES" }],
  });
  expect(await report(caller, [session("s3", 6)], { allotment: "none" })).toMatchObject({ error: {} });
  expect(await rowsOf(number)).toHaveLength(1);
});

test("a full month takes what it has and nothing new", async () => {
  const { number, call } = await meteredLicense();
  await report(call({ source: "mill" }), [session("s1", 6)]);
  const sent = ["s1", "s2", "s3"].map((id) => rowOf(number, id, 60));
  const full = await store().sql.transaction((tx) => storeSessions(tx, sent, 2));
  expect(full.map(({ id }) => id)).toEqual(["s3"]);
  expect((await rowsOf(number)).map(({ session: id, minutes }) => [id, minutes]).toSorted()).toEqual([
    ["s1", 60],
    ["s2", 60],
  ]);
  expect(await store().db.sessionMonth.findMany({ where: { license: number } })).toMatchObject([
    { sessions: 2 },
  ]);
});

test("simultaneous reports of the same sessions leave each once, with sums that fit", async () => {
  const { number, call } = await meteredLicense();
  const reports = Array.from({ length: 12 }, (_, nth) => {
    const caller = call({ source: `mill-${nth % 3}` });
    return report(caller, [session("a", 6 + nth, { app: "Sales" }), session(`b${nth}`, 1, { app: "Stock" })]);
  });
  await Promise.all(reports);
  const rows = await rowsOf(number);
  const sum = rows.reduce((total, { minutes }) => total + minutes, 0);
  expect(rows).toHaveLength(15);
  expect(sum).toBe(15 + 16 + 17 + 12);
  for (const kind of ["user", "app", "deployment"] as const) {
    const parts = await tops(number, kind);
    expect(parts.reduce((total, { minutes }) => total + minutes, 0)).toBe(sum);
    expect(parts.reduce((total, { sessions }) => total + sessions, 0)).toBe(15);
  }
});

test("a list is sorted by its end, pages both ways, and filters by it", async () => {
  const { number, call } = await meteredLicense();
  const ends = ["09:10", "09:10", "09:20", "09:30", "09:40"];
  const sent = ends.map((end, nth) => session(`s${nth}`, 6, { end: `2026-08-24T${end}:00Z` }));
  await report(call({ source: "mill" }), sent);
  const page = (cursor?: string, sort: "endTime" | "-endTime" = "endTime") =>
    listSessions(number, { withNames: false, sort }, { limit: 2, cursor });
  const ids = ({ items }: Awaited<ReturnType<typeof page>>) => items.map(({ session: id }) => id);
  const first = await page();
  const second = await page(first.next ?? "");
  const third = await page(second.next ?? "");
  expect([ids(first), ids(second), ids(third)]).toEqual([["s0", "s1"], ["s2", "s3"], ["s4"]]);
  expect([first.previous, third.next]).toEqual([null, null]);
  expect(ids(await page(third.previous ?? ""))).toEqual(["s2", "s3"]);
  expect(ids(await page(second.previous ?? ""))).toEqual(["s0", "s1"]);
  expect(ids(await page(undefined, "-endTime"))).toEqual(["s4", "s3"]);
  await expect(page(first.next ?? "", "-endTime")).rejects.toMatchObject({ code: "INVALID_CURSOR" });
  const ended = { from: new Date("2026-08-24T09:20:00Z"), before: new Date("2026-08-24T09:40:00Z") };
  const some = await listSessions(number, { withNames: false, ended }, { limit: 10 });
  expect(ids(some)).toEqual(["s3", "s2"]);
});

test("months are dropped as partitions once they aren't kept, and come back if one is needed", async () => {
  const { number, call } = await meteredLicense();
  const caller = call();
  const old = addMonths(month, -13);
  await report(caller, [session("s1", 6)], { month: old });
  await report(caller, [session("s2", 6)]);
  await purge(NOW);
  expect(await rowsOf(number)).toHaveLength(2);
  const later = new Date("2026-09-01T00:00:00Z");
  await purge(later);
  expect((await rowsOf(number)).map(({ session: id }) => id)).toEqual(["s2"]);
  expect(await store().db.sessionMonth.count({ where: { license: number } })).toBe(1);
  expect(await report(caller, [session("s1", 6)], { month: old }, later)).toMatchObject({
    sessions: 0,
    sessionErrors: [{ id: "s1", code: "SESSION_TOO_OLD" }],
  });
  await dropPartitions(addMonths(month, 1));
  expect(await report(caller, [session("s4", 6)], {}, later)).toMatchObject({ sessions: 1 });
  expect((await rowsOf(number)).map(({ session: id }) => id)).toEqual(["s4"]);
});

test("a report reads only its own sessions, also in a month that has no statistics yet", async () => {
  const { number: license, call } = await meteredLicense();
  await report(call(), [session("first", 6)]);
  const READ = {
    name: "rows_read",
    text: `SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS count FROM pg_stat_xact_user_tables
      WHERE relname = '${partitionName("usage_session", month)}'`,
  };
  const readFor = (letter: string) =>
    store().sql.transaction(async (tx) => {
      const ids = Array.from({ length: 500 }, (_, nth) => `${letter}${nth}`);
      await storeSessions(
        tx,
        ids.map((id) => rowOf(license, id, 6)),
      );
      return Number((await tx.query<{ count: bigint }>(READ, []))[0]?.count);
    });
  await readFor("a");
  // A few rows for each of the 500 sessions; reading the month for each of them would be over 100,000.
  expect(await readFor("a")).toBeLessThan(2500);
  expect(await readFor("b")).toBeLessThan(2500);
});

test("a new month finds the sessions of one user or one app by an index", async () => {
  const { call } = await meteredLicense();
  await report(call(), [session("s1", 12)]);
  const indexes = await store().db.$queryRaw<{ on: string }[]>`
    SELECT regexp_replace(indexdef, '^.* USING ', '') AS on FROM pg_indexes WHERE tablename = ${partitionName("usage_session", month)}`;
  expect(indexes.map(({ on }) => on)).toEqual(
    expect.arrayContaining(["btree (subject_index, license)", "btree (app, license)"]),
  );
});

test("each user, app and deployment leads to what is behind it", async () => {
  const { number, call } = await meteredLicense();
  const sales = { app: "Sales" };
  await report(call({ source: "mill" }), [
    session("s1", 12, { ...sales, subject: "bob" }),
    session("s2", 6, { app: "Plan", subject: "bob" }),
    session("s3", 30, sales),
  ]);
  await report(call({ source: "port" }), [session("s1", 24, { ...sales, subject: "eve" })]);
  const of = { license: number, meter: { key: "analyzer_time", name: "analyzer_time" }, month };
  const whole = await sessionSums(of);
  const behind = async (within: TopKey, kind: "user" | "app" | "deployment") =>
    (await topsOf({ ...of, kind, within, withNames: true, limit: 10 }, whole)).map(
      ({ key, minutes, sessions }) => [kind === "user" && key !== "" ? "a user" : key, minutes, sessions],
    );
  expect(await behind({ kind: "deployment", key: "mill" }, "app")).toEqual([
    ["Sales", 42, 2],
    ["Plan", 6, 1],
  ]);
  expect(await behind({ kind: "app", key: "Sales" }, "user")).toEqual([
    ["", 30, 1],
    ["a user", 24, 1],
    ["a user", 12, 1],
  ]);
  const [bob] = (await topsOf({ ...of, kind: "user", withNames: true, limit: 3 }, whole)).slice(-1);
  const user = { kind: "user", key: bob?.key ?? "" } as const;
  expect(await behind(user, "deployment")).toEqual([["mill", 18, 2]]);
  expect(await behind({ kind: "user", key: "" }, "app")).toEqual([["Sales", 30, 1]]);
  expect(await behind({ kind: "user", key: "no index" }, "app")).toEqual([]);
  expect(await topOf({ ...of, ...user, withNames: true }, whole)).toMatchObject({ minutes: 18, sessions: 2 });
  expect(await topOf({ ...of, kind: "user", key: "0".repeat(64), withNames: true }, whole)).toBeNull();
});
