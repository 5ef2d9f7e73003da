import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { releaseSeats } from "@/server/assignments/changes/seat-changes";
import { ADMIN_SOURCE } from "@/server/assignments/changes/seat-patches";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import { undo as takeBack } from "@/server/assignments/undo/undo";
import type { License } from "@/server/licenses/license";
import { putDefinition } from "@/server/licenses/license-definitions";
import { purge } from "@/server/maintenance/purge";
import { beginEpoch } from "@/server/restores/restores";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type AssignmentFilter, listAssignments, seatRank } from "./assignment-list";
import { IDLE_DAYS, viewCounts } from "./assignment-views";
import { countRejections, listRejections } from "./rejections";
import { countReleased, listReleased } from "./released-seats";
import { seatHistory } from "./seat-history";
import { bulkEffect } from "./seat-selection";

useStore();

let license: License;
beforeEach(async () => {
  license = await makeLicense({ allotments: [seats("Professional", 5), seats("analyzer", 50)] });
});

const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

async function change(patch: object, { source = "site", now = NOW } = {}) {
  const whole = {
    instance: "",
    version: 0,
    license: license.number,
    allotment: "",
    subject: "",
    created: "",
    ...patch,
  };
  const { answers } = await changeAssignments(license.number, [whole], { source, actor: SYSTEM, now });
  return answers[0]?.row?.instance ?? "";
}

const add = (subject: string, allotment = "professional", created = NOW, source = "site") =>
  change({ subject, allotment, created: created.toISOString() }, { source, now: created });

/** Lets a deployment report the use of seats. */
async function reportsUse(source: string) {
  const seen = { jti: crypto.randomUUID(), firstSeen: NOW, lastSeen: NOW, reportsUse: true };
  await store().db.deployment.create({ data: { license: license.number, source, ...seen } });
}
const release = (instance: string, now = NOW) => change({ instance, deleted: now.toISOString() }, { now });
const use = (instance: string, lastUsed: string) => change({ instance, lastUsed }, { now: later(400) });

const list = (filter: AssignmentFilter & { limit?: number; cursor?: string } = {}) =>
  listAssignments(license.number, { limit: 100, ...filter }, NOW);
const subjects = async (filter: AssignmentFilter = {}) =>
  (await list(filter)).items.map(({ subject }) => subject);

test("a seat is listed with everything that is known of it", async () => {
  const instance = await add("ACME\\Bob");
  await use(instance, "2026-09-02");
  expect(await list()).toEqual({
    items: [
      {
        instance,
        version: 1,
        allotment: "Professional",
        subject: "ACME\\Bob",
        state: "active",
        created: NOW,
        source: "site",
        auto: false,
        lastUsed: "2026-09-02",
        usageReported: false,
        isTwice: false,
      },
    ],
    cursor: null,
    total: 1,
    from: 0,
    before: null,
  });
});

test("the list follows every addition and release", async () => {
  const bob = await add("bob");
  expect(await subjects()).toEqual(["bob"]);
  await add("eve", "professional", later(1));
  await release(bob);
  expect(await subjects()).toEqual(["eve"]);
  await add("bob", "analyzer", later(2));
  expect(await subjects()).toEqual(["bob", "eve"]);
});

test("readers beside writers never see a released seat again", async () => {
  const instances = await Promise.all(["a", "b", "c"].map((subject) => add(subject)));
  await Promise.all([
    ...instances.map((instance) => release(instance)),
    ...Array.from({ length: 5 }, () => subjects()),
  ]);
  expect(await subjects()).toEqual([]);
});

test("purged and restored logs are read again", async () => {
  const bob = await add("bob");
  expect(await subjects()).toEqual(["bob"]);
  await release(bob);
  await purge(later(61));
  expect(await subjects()).toEqual([]);
  await add("eve");
  expect(await subjects()).toEqual(["eve"]);
  await store().db.$executeRaw`DELETE FROM assignment WHERE license = ${license.number}`;
  expect(await subjects()).toEqual(["eve"]);
  await beginEpoch(new Date());
  expect(await subjects()).toEqual([]);
});

test("seats are found by subject in any case, allotment, source and state", async () => {
  await add("ACME\\Bob", "professional", NOW, "warsaw");
  await add("acme\\bobby", "analyzer", later(1), "munich");
  await add("ACME\\Eve", "analyzer", later(2), "munich");
  expect(await subjects({ query: "E\\BOB" })).toEqual(["acme\\bobby", "ACME\\Bob"]);
  expect(await subjects({ allotment: "PROFESSIONAL" })).toEqual(["ACME\\Bob"]);
  expect(await subjects({ source: "munich", query: "eve" })).toEqual(["ACME\\Eve"]);
  expect(await subjects({ state: "excess" })).toEqual([]);
});

test("after a reduction the seats added last are in excess, until others are released", async () => {
  const [first = "", second = "", third = ""] = [await add("c"), await add("b"), await add("a")];
  const definition = { ...license.definition, allotments: [seats("professional", 1)] };
  await putDefinition(license.number, definition, null, false, SYSTEM, NOW);
  const excess = async () => (await list({ state: "excess" })).items.map(({ instance }) => instance).sort();
  expect(await excess()).toEqual([second, third].sort());
  await release(first);
  expect(await excess()).toEqual([third]);
  expect(await subjects({ state: "active" })).toEqual(["b"]);
});

const SORTS = [
  "created",
  "-created",
  "subject",
  "-subject",
  "lastUsed",
  "-lastUsed",
  "allotment",
  "-allotment",
] as const;

test.each(SORTS)(
  "sorted by %s, pages of one row lead forward and back through the same list",
  async (sort) => {
    const [a = ""] = [await add("A", "analyzer", later(3)), await add("b"), await add("B2", "analyzer")];
    await add("c", "professional", later(1));
    await use(a, "2026-09-01");
    const whole = await list({ sort });
    const paged: string[] = [];
    const back: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ sort, limit: 1, cursor });
      paged.push(...page.items.map(({ instance }) => instance));
      const before = await list({ sort, limit: 1, cursor: page.before ?? undefined });
      back.push(before.items.map(({ instance }) => instance));
      cursor = page.cursor ?? undefined;
    } while (cursor);
    expect(back.slice(1).flat()).toEqual(paged.slice(0, -1));
    expect(paged).toEqual(whole.items.map(({ instance }) => instance));
    expect(paged).toHaveLength(4);
    const bySubject = {
      subject: ["A", "b", "B2", "c"],
      "-subject": ["c", "B2", "b", "A"],
      "-lastUsed": ["A"],
    };
    const expected = sort in bySubject ? bySubject[sort as keyof typeof bySubject] : [];
    expect(whole.items.map(({ subject }) => subject).slice(0, expected.length)).toEqual(expected);
  },
);

test("a rejection is listed with its subject and count, page by page", async () => {
  await putDefinition(
    license.number,
    { ...license.definition, allotments: [seats("professional", 0)] },
    null,
    false,
    SYSTEM,
    NOW,
  );
  for (const subject of ["bob", "eve", "bob", "max"]) await add(subject);
  const first = await listRejections(license.number, { limit: 2 });
  const second = await listRejections(license.number, { limit: 2, cursor: first.cursor ?? "" });
  const all = [...first.items, ...second.items];
  expect(second.cursor).toBeNull();
  expect(all.map(({ subject, times }) => [subject, times]).sort()).toEqual([
    ["bob", 2],
    ["eve", 1],
    ["max", 1],
  ]);
  expect(all[0]).toMatchObject({
    allotment: "professional",
    code: "NO_AVAILABLE_UNITS",
    source: "site",
    first: NOW,
    last: NOW,
  });
  expect(await countRejections(license.number)).toBe(3);
  const found = await listRejections(license.number, { query: " BOB ", limit: 2 });
  expect(found.items.map(({ subject }) => subject)).toEqual(["bob"]);
  expect(await countRejections(license.number, " BOB ")).toBe(1);
  expect(await countRejections(license.number, "bo")).toBe(0);
});

test("releases are counted, and found by a full name", async () => {
  for (const [at, subject] of ["bob", "eve", "bob"].entries())
    await release(await add(subject, "analyzer", later(at)));
  await add("max");
  expect(await countReleased(license.number)).toBe(3);
  expect(await countReleased(license.number, "Bob")).toBe(2);
  expect((await listReleased(license.number, { query: "Bob", limit: 9 })).items).toHaveLength(2);
});

test("a seat links to the same person under another spelling", async () => {
  const bob = await add("acme\\bob");
  const twin = await add("bob@acme.example", "analyzer");
  await add("acme\\bob", "analyzer");
  await add("acme\\eve");
  expect((await seatHistory(license.number, bob, NOW)).others).toEqual([
    { instance: twin, subject: "bob@acme.example", allotment: "analyzer" },
  ]);
  await release(twin);
  expect((await seatHistory(license.number, bob, NOW)).others).toEqual([]);
});

test("idle seats are those not used for so many days, or never since they were assigned", async () => {
  await reportsUse("site");
  const used = await add("used", "analyzer", later(-200));
  await use(used, "2026-08-20");
  await add("never", "analyzer", later(-90));
  await add("young", "analyzer", later(-89));
  expect(await subjects({ idle: 90 })).toEqual(["never"]);
  expect((await list({ idle: 4, limit: 1 })).total).toBe(3);
});

test("idle days count from when the server received the add, whatever the deployment says", async () => {
  await reportsUse("site");
  const dated = (subject: string, created: Date, now: Date) =>
    change({ subject, allotment: "analyzer", created: created.toISOString() }, { now });
  await dated("old by name", later(-2000), NOW);
  await dated("new by name", later(0), later(-100));
  expect(await subjects({ idle: 90 })).toEqual(["new by name"]);
});

test("without reports of use nobody is idle, and the list says so", async () => {
  await add("theirs", "analyzer", later(-100));
  await add("by hand", "analyzer", later(-100), ADMIN_SOURCE);
  expect(await subjects({ idle: 90 })).toEqual([]);
  expect((await bulkEffect(license.number, { filter: { idle: 90 } }, null, NOW)).count).toBe(0);
  await reportsUse("other");
  expect(await subjects({ idle: 90 })).toEqual(["by hand"]);
  const { items } = await list({ sort: "subject" });
  expect(items.map(({ subject, usageReported }) => [subject, usageReported])).toEqual([
    ["by hand", true],
    ["theirs", false],
  ]);
  const used = await add("used elsewhere", "analyzer", later(-100));
  await use(used, "2026-01-01");
  expect(await subjects({ idle: 90, sort: "subject" })).toEqual(["by hand", "used elsewhere"]);
});

test("the audit has the time of an add that an older release received", async () => {
  await reportsUse("site");
  const dated = { subject: "bob", allotment: "analyzer", created: later(-2000).toISOString() };
  await change(dated, { now: later(-100) });
  await change({ ...dated, subject: "eve" });
  await store().db.assignment.updateMany({ where: { license: license.number }, data: { received: null } });
  expect(await subjects({ idle: 90 })).toEqual(["bob"]);
  expect(await subjects({ idle: 0, sort: "subject" })).toEqual(["bob", "eve"]);
});

test("a restored seat stays as idle as it was", async () => {
  await reportsUse("site");
  const scope = { license: license.number, actor: SYSTEM, now: NOW };
  const instance = await add("bob", "analyzer", later(-100));
  const { undo } = await releaseSeats(scope, [instance]);
  await takeBack(undo ?? "", OWNER, scope);
  expect(await subjects({ idle: 90 })).toEqual(["bob"]);
});

test("one person under two names is found, and shown in every list", async () => {
  await add("acme\\bob");
  await add("ACME\\Bob", "analyzer", later(1));
  await add("acme\\eve", "analyzer", later(2));
  expect(await subjects({ spellings: true })).toEqual(["ACME\\Bob", "acme\\bob"]);
  expect((await list()).items.map(({ isTwice }) => isTwice)).toEqual([false, true, true]);
});

test("each view's count is the length of its list", async () => {
  await store().db.deployment.create({
    data: {
      ...{ license: license.number, source: "site", jti: crypto.randomUUID(), reportsUse: true },
      ...{ firstSeen: later(-200), lastSeen: later(-50) },
    },
  });
  for (const subject of ["a", "b", "c", "d", "e"]) await add(subject, "professional", later(-100));
  await add("f");
  await add("A", "analyzer");
  const { product, valid } = license;
  const definition = { product, valid, trial: false, allotments: [seats("professional", 3)], parameters: [] };
  await putDefinition(license.number, definition, license.version, false, SYSTEM, NOW);
  const counts = await viewCounts(license.number, NOW);
  expect(counts).toEqual({ all: 6, excess: 3, rejected: 1, idle: 5, spellings: 2, orphans: 5 });
  expect((await list({ state: "excess" })).total).toBe(counts.excess);
  expect((await list({ idle: IDLE_DAYS })).total).toBe(counts.idle);
  expect((await list({ spellings: true })).total).toBe(counts.spellings);
  expect((await list({ orphans: true })).total).toBe(counts.orphans);
});

test("orphans are unused seats of a silent deployment, unless it has no network", async () => {
  const old = later(-100);
  await add("orphan", "analyzer", old, "gone");
  await add("by hand", "analyzer", old, ADMIN_SOURCE);
  await add("young", "analyzer", later(-29), "gone");
  await use(await add("used", "analyzer", old, "gone"), "2026-08-01");
  await add("known", "analyzer", old, "here");
  await add("offline", "analyzer", old, "vault");
  const known = { license: license.number, jti: randomUUID(), firstSeen: old };
  await store().db.deployment.createMany({
    data: [
      { ...known, source: "here", lastSeen: later(-29) },
      { ...known, source: "vault", lastSeen: later(-90), lastUpload: later(-90) },
    ],
  });
  expect(await subjects({ orphans: true })).toEqual(["orphan"]);
});

test.each(["subject", "-subject", "lastUsed"] as const)(
  "a page by %s says how many rows come before it",
  async (sort) => {
    for (const subject of ["a1", "a2", "b", "a3"]) await add(subject, "analyzer");
    const filter = { query: "a", sort, limit: 2 };
    const first = await list(filter);
    const second = await list({ ...filter, cursor: first.cursor ?? "" });
    expect([first.from, second.from, second.items.length]).toEqual([0, 2, 1]);
  },
);

test("a seat's rank counts the seats of its allotment that were added before it", async () => {
  await add("a", "analyzer");
  await add("b");
  const instance = await add("c", "analyzer");
  expect(await seatRank(license.number, instance)).toBe(2);
  await release(instance);
  expect(await seatRank(license.number, instance)).toBeNull();
});
