import { afterAll, describe, expect, test } from "vitest";
import type { Patch } from "@/domain/assignments";
import { type Base, decodeCursor } from "@/domain/sync";
import { changeAssignments } from "./assignment-changes";
import { type SyncReply, syncAssignments } from "./assignments";
import { SYSTEM } from "./audit";
import { runCheck } from "./check";
import { changeLicense } from "./license-changes";
import { putDefinition } from "./license-definitions";
import { listRejections } from "./rejections";
import { store } from "./store";
import { licenseWithKey, REFUSED, type TestCaller } from "./test-callers";
import { minutes, NOW, seats } from "./test-licenses";
import { useStore } from "./test-store";

useStore();

afterAll(async () => {
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

type Sent = { base?: Base; after?: string; now?: Date };

const sync = (caller: TestCaller, patches: Patch[] = [], { base = null, after, now = NOW }: Sent = {}) =>
  syncAssignments({ caller, base, after: decodeCursor(after), patches, now });

const patchFor = (license: string, subject: string, more: Partial<Patch> = {}): Patch => ({
  instance: "",
  version: 0,
  license,
  allotment: "analyzer",
  subject,
  created: NOW.toISOString(),
  ...more,
});

const deletion = ({ instance, subject, license }: SyncReply["patches"][number]) =>
  patchFor(license, subject, { instance, deleted: NOW.toISOString() });

const baseOf = ({ bases: [base] }: SyncReply): Base => base ?? null;

/** A license, its only deployment so far, and how that one adds subjects. */
async function site(allotments = [seats("analyzer", 3)]) {
  const license = await licenseWithKey({ allotments });
  const caller = license.call();
  const add = async (...subjects: string[]) => {
    const patches = subjects.map((subject) => patchFor(license.number, subject));
    return (await sync(caller, patches)).patches.slice(0, subjects.length);
  };
  return { ...license, caller, add };
}

test("an added subject reaches the others by their base, and a release takes it away again", async () => {
  const { number, caller, call, add } = await site();
  const other = call();
  const zoe = await add("acme\\zoe");
  const before = baseOf(await sync(other));
  const added = await sync(caller, [patchFor(number, "acme\\bob")], { base: baseOf(await sync(caller)) });
  expect(added.patches).toEqual([
    {
      ...patchFor(number, "acme\\bob"),
      instance: expect.stringMatching(/^[1-9][0-9]*$/),
      version: 2,
      rejection: "",
    },
  ]);
  expect(added).not.toHaveProperty("snapshot");
  const learned = await sync(other, [], { base: before });
  expect(learned.patches).toEqual(added.patches);
  const [row] = learned.patches;
  const released = await sync(other, row ? [deletion(row)] : [], { base: baseOf(learned) });
  expect(released.patches).toMatchObject([{ version: 3, subject: "", deleted: NOW.toISOString() }]);
  expect((await sync(caller, [], { base: baseOf(added) })).patches).toEqual(released.patches);
  expect((await sync(call())).patches).toEqual(zoe);
});

test("whatever comes twice is answered as the first time and changes nothing", async () => {
  const { number, caller, add, call } = await site();
  const [first] = await add("acme\\bob");
  expect(await add("acme\\bob")).toEqual([first]);
  expect((await sync(call(), [patchFor(number, "ACME\\Bob ")])).patches).toEqual([first]);
  const [gone] = (await sync(caller, first ? [deletion(first)] : [])).patches;
  expect((await sync(caller, first ? [deletion(first)] : [])).patches).toEqual([gone]);
  expect(await add("acme\\bob")).toEqual([gone]);
  const again = patchFor(number, "acme\\bob", { created: "2026-08-24T10:00:00.001Z" });
  const [second] = (await sync(caller, [again])).patches;
  expect(second).toMatchObject({ version: 3, subject: "acme\\bob", rejection: "" });
  expect(second?.instance).not.toBe(first?.instance);
  const events = await store().db.auditEvent.findMany({ where: { chain: number, object: { not: number } } });
  expect(events.filter(({ action }) => action.startsWith("assignment."))).toHaveLength(3);
});

test("a base that can not be followed gets a snapshot of the live ones", async () => {
  const { caller, add, call } = await site();
  const [ann] = await add("acme\\ann", "acme\\bob");
  await sync(caller, ann ? [deletion(ann)] : []);
  const now = baseOf(await sync(caller));
  const unknown: Base[] = [null, { version: 0 }, { version: 99 }, { version: 1, epoch: "of a backup" }];
  for (const base of unknown) {
    const reply = await sync(call(), [], { base });
    expect(reply).toMatchObject({ snapshot: true, patches: [{ subject: "acme\\bob" }], bases: [now] });
  }
  expect(await sync(call(), [], { base: { version: 1 } })).toMatchObject({
    patches: [{ version: 2 }, { version: 3, deleted: expect.any(String) }],
  });
});

test("more rows than one answer holds come in pages, each row once, also while rows change", async () => {
  const { number, caller, call, add } = await site([seats("analyzer", 10_000)]);
  await add("acme\\first");
  const start = baseOf(await sync(caller));
  const subjects = Array.from({ length: 6200 }, (_, index) => `acme\\user${index}`);
  await add(...subjects.slice(0, 5000));
  await add(...subjects.slice(5000));
  for (const base of [null, start]) {
    const reader = call();
    const first = await sync(reader, [], { base });
    expect(first.patches).toHaveLength(5000);
    expect(baseOf(first)).toMatchObject({ version: base?.version ?? 0 });
    const [late] = (await sync(caller, [patchFor(number, `acme\\late${base?.version}`)])).patches;
    const second = await sync(reader, [], { base, after: first.more });
    expect(second).not.toHaveProperty("more");
    const rows = [...first.patches, ...second.patches];
    expect(new Set(rows.map(({ instance }) => instance)).size).toBe(rows.length);
    expect((await sync(reader, [], { base: baseOf(second) })).patches).toEqual([late]);
  }
});

describe("subjects", () => {
  test("are one user in any case and the first spelling is shown, or each their own under exact matching", async () => {
    const { number, add, call } = await site();
    const spellings = ["acme\\bob", "ACME\\BOB", " Acme\\Bob"];
    const folded = await add(...spellings);
    expect(new Set(folded.map(({ instance }) => instance)).size).toBe(1);
    expect(folded.map(({ subject }) => subject)).toEqual(spellings.map(() => "acme\\bob"));
    await sync(call(), folded.slice(0, 1).map(deletion));
    await changeLicense(number, { settings: { subjectMatching: "exact" } }, null, SYSTEM, NOW);
    const exact = await sync(
      call(),
      spellings.map((subject) => patchFor(number, subject)),
    );
    expect(new Set(exact.patches.map(({ instance }) => instance)).size).toBe(3);
  });

  test("are stored encrypted while they hold a seat, and not at all afterwards", async () => {
    const { number, caller, add } = await site();
    const [row] = await add("acme\\zacharias");
    const stored = () => store().db.assignment.findFirstOrThrow({ where: { license: number } });
    expect(Buffer.from((await stored()).subject ?? []).toString("latin1")).not.toContain("zacharias");
    await sync(caller, row ? [deletion(row)] : []);
    expect((await stored()).subject).toBeNull();
  });
});

test("a definition that shrinks leaves excess, and a release heals the next in order", async () => {
  const { number, definition, add, call } = await site();
  const held = await add("acme\\ann", "acme\\bob", "acme\\cid");
  const smaller = { ...definition, allotments: [seats("analyzer", 1)] };
  await putDefinition(number, smaller, null, false, SYSTEM, NOW);
  const excess = async () =>
    (await sync(call())).patches.map(({ subject, excess: isExcess = false }) => [subject, isExcess]);
  expect(await excess()).toEqual([
    ["acme\\ann", false],
    ["acme\\bob", true],
    ["acme\\cid", true],
  ]);
  expect(await add("acme\\dan")).toMatchObject([{ rejection: "NO_AVAILABLE_UNITS" }]);
  await sync(call(), held.slice(0, 1).map(deletion));
  expect(await excess()).toEqual([
    ["acme\\bob", false],
    ["acme\\cid", true],
  ]);
});

test("a rejection goes back as it was sent, is listed with how often it came, and goes with the seat", async () => {
  const { number, caller, add } = await site([seats("analyzer", 1)]);
  const [holder] = await add("acme\\ann");
  const sent = patchFor(number, "ACME\\Bob");
  for (const times of [1, 2]) {
    const now = new Date(NOW.getTime() + times);
    expect((await sync(caller, [sent], { now })).patches.at(0)).toEqual({
      ...sent,
      rejection: "NO_AVAILABLE_UNITS",
    });
    const { items } = await listRejections(number, { limit: 10 });
    expect(items).toMatchObject([{ subject: "ACME\\Bob", code: "NO_AVAILABLE_UNITS", times, last: now }]);
  }
  await sync(caller, holder ? [deletion(holder), sent] : []);
  expect((await listRejections(number, { limit: 10 })).items).toEqual([]);
  expect((await sync(caller)).patches).toMatchObject([{ subject: "ACME\\Bob", rejection: "" }]);
});

test("an allotment for other products is none for this one", async () => {
  const { number, call } = await site([
    { ...seats("analyzer", 3), products: ["QCS"] },
    minutes("analyzer_time", 5),
  ]);
  await changeLicense(number, { products: ["QSEfW", "QCS"] }, null, SYSTEM, NOW);
  const rejections = async (product: string) =>
    (
      await sync(
        call({ product }),
        ["analyzer", "analyzer_time"].map((allotment) => patchFor(number, "x\\y", { allotment })),
      )
    ).patches.map(({ rejection }) => rejection);
  expect(await rejections("QSEfW")).toEqual(["UNKNOWN_ALLOTMENT", "NOT_ASSIGNABLE"]);
  expect(await rejections("QCS")).toEqual(["", "NOT_ASSIGNABLE"]);
});

test("a day of use is kept without a new version or an event, the latest day wins", async () => {
  const { number, caller, add } = await site();
  const [row] = await add("acme\\ann");
  const state = async () => {
    const { version, auditSequence } = await store().db.roster.findUniqueOrThrow({
      where: { license: number },
    });
    const { lastUsed } = await store().db.assignment.findFirstOrThrow({ where: { license: number } });
    return { version, auditSequence, day: lastUsed?.toISOString().slice(0, 10) };
  };
  const before = await state();
  const use = (lastUsed: string) =>
    sync(caller, [patchFor(number, "acme\\ann", { instance: row?.instance ?? "", lastUsed })]);
  for (const day of ["2026-08-20", "2026-08-22T23:00:00Z", "2026-08-21"]) await use(day);
  expect(await state()).toEqual({ ...before, day: "2026-08-22" });
});

test("a sync records its deployment and its base, at most once a minute unless something changed", async () => {
  const { number, caller } = await site();
  const later = (ms: number) => new Date(NOW.getTime() + ms);
  const seen = async () => {
    const { lastSync, base } = await store().db.deployment.findFirstOrThrow({ where: { license: number } });
    return [lastSync, Number(base)];
  };
  await sync(caller);
  await sync(caller, [], { now: later(59_000) });
  expect(await seen()).toEqual([NOW, 0]);
  await sync(caller, [], { now: later(60_000) });
  expect(await seen()).toEqual([later(60_000), 0]);
  await sync(caller, [patchFor(number, "acme\\ann")]);
  await sync(caller, [], { now: later(60_001), base: { version: 1 } });
  expect(await seen()).toEqual([later(60_001), 1]);
});

test("people's changes hold together or not at all", async () => {
  const { number } = await site([seats("analyzer", 1)]);
  const patches = ["acme\\ann", "acme\\bob"].map((subject) => patchFor(number, subject));
  const changer = { source: "console", actor: SYSTEM, now: NOW, allOrNothing: true };
  await expect(changeAssignments(number, patches, changer)).rejects.toMatchObject({
    code: "NO_AVAILABLE_UNITS",
  });
  expect(await store().db.assignment.count({ where: { license: number } })).toBe(0);
  expect(await store().db.rejection.count({ where: { license: number } })).toBe(0);
});

test.each(REFUSED)("a caller that is refused for %s changes nothing", async (code, spoil) => {
  const { number, caller } = await site();
  await spoil(caller);
  await expect(sync(caller, [patchFor(number, "acme\\ann")])).rejects.toMatchObject({ code });
  await expect(sync(caller)).rejects.toMatchObject({ code });
  for (const table of ["assignment", "rejection", "deployment"] as const)
    expect(
      await store().sql.query({ name: `count_${table}`, text: `SELECT 1 FROM ${table} WHERE license = $1` }, [
        number,
      ]),
    ).toEqual([]);
});
