import { afterEach, beforeEach, expect, test } from "vitest";
import { addDays, DAY } from "@/domain/month";
import { NO_RULE, type ReclaimRule } from "@/domain/reclaim/reclaim-rule";
import { SYSTEM } from "@/server/access/actor";
import { declareAlias } from "@/server/assignments/aliases/alias-changes";
import { releaseSeats } from "@/server/assignments/changes/seat-changes";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { store } from "@/server/store/store";
import { NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { cancelRun } from "./cancelling";
import { addExemption } from "./exemptions";
import { previewRun } from "./planning";
import { reclaim } from "./reclaim-job";
import { saveReclaimRule } from "./reclaim-rules";
import { listRuns, runWithSeats } from "./runs";
import { undoRun } from "./undoing";

useStore();

// NOW is Monday, 24 August 2026, at 10:00 UTC: four hours after the run of the day and of the week.
const later = (days: number) => new Date(NOW.getTime() + days * DAY);
const day = (days: number) => addDays("2026-08-24", days);
const RULE: ReclaimRule = {
  ...NO_RULE,
  isOn: true,
  idleDays: 30,
  graceDays: 10,
  noticeDays: 3,
  every: "day",
};

type Fixture = Awaited<ReturnType<typeof deploymentOf>>;
let at: Fixture;

/** A license with four users of a deployment that reports use: `used` and `fresh` were used on the first day. */
beforeEach(async () => {
  at = await deploymentOf([seats("analyzer", 5)]);
  await at.add("ACME\\never", "ACME\\used", "ACME\\fresh");
  await use("ACME\\used", 0);
  await use("ACME\\fresh", 0);
});
afterEach(() => store().db.reclaimRule.deleteMany());

const save = (change: Partial<ReclaimRule> = {}, now = NOW) =>
  saveReclaimRule(at.number, "analyzer", { ...RULE, ...change }, null, SYSTEM, now);
const preview = (days: number, change: Partial<ReclaimRule> = {}) =>
  previewRun(at.number, "analyzer", { ...RULE, ...change }, later(days));

async function holders() {
  return (await liveSeats(at.number)).sorted("folded").map(({ subject }) => subject);
}

async function instanceOf(subject: string): Promise<string> {
  const seat = (await liveSeats(at.number)).sorted("folded").find((one) => one.subject === subject);
  if (!seat) throw new Error(`${subject} has no seat.`);
  return seat.instance;
}

/** A sync of the deployment that reports the use of a seat, on a day after NOW. */
async function use(subject: string, days: number) {
  const patch = patchFor(at.number, subject, { instance: await instanceOf(subject), lastUsed: day(days) });
  await sync(at.caller, [patch], { now: later(days) });
}

/** A sync without news, so that the deployment isn't silent. */
const hear = (days: number) => sync(at.caller, [], { now: later(days) });

async function runAt(days: number) {
  await hear(days);
  await reclaim(later(days));
}

async function runs() {
  return (await listRuns(at.number, { limit: 50 })).items;
}

const latest = async (state: string) => {
  const run = (await runs()).find((one) => one.state === state);
  if (!run) throw new Error(`No run is ${state}.`);
  return runWithSeats(at.number, run.id);
};

const actions = async () => {
  const rows = await store().db.auditEvent.findMany({
    where: { chain: at.number, action: { startsWith: "reclaim." } },
    orderBy: { sequence: "asc" },
  });
  return rows.map(({ action, details }) => [action, details]);
};

test("a rule is off until somebody turns it on", async () => {
  await runAt(400);
  expect(await runs()).toEqual([]);
  await save({ isOn: false });
  await runAt(401);
  expect(await runs()).toEqual([]);
  expect(await holders()).toHaveLength(3);
});

test("an unused seat is announced, released once its notice has passed, and restored by an undo", async () => {
  await save();
  await runAt(9);
  expect(await runs()).toMatchObject([{ state: "empty", seats: 0 }]);
  await runAt(10);
  const announced = await latest("announced");
  expect(announced).toMatchObject({ seats: 1, release: later(13), undoUntil: null });
  expect(announced.items).toMatchObject([
    { subject: "ACME\\never", reason: "never-used", since: day(0), lastUsed: null, result: null },
  ]);
  await runAt(12);
  expect(await holders()).toHaveLength(3);
  await runAt(13);
  expect(await holders()).toEqual(["ACME\\fresh", "ACME\\used"]);
  const released = await latest("released");
  expect(released).toMatchObject({ released: 1, ended: later(13), undoUntil: later(20) });
  expect(released.items).toMatchObject([{ subject: "ACME\\never", result: "released", restored: false }]);
  expect(await undoRun(at.number, released.id, SYSTEM, later(20))).toEqual({ undone: 1, stayed: 0 });
  expect(await holders()).toHaveLength(3);
  expect((await latest("released")).items).toMatchObject([{ result: "released", restored: true }]);
  await expect(undoRun(at.number, released.id, SYSTEM, later(20))).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
  await hear(30);
  expect((await preview(29)).seats).toEqual([]);
  expect((await preview(30)).seats.map(({ subject }) => subject)).toContain("ACME\\never");
});

test("audit and events tell of a run without naming anybody", async () => {
  await save({ every: "week" });
  await runAt(14);
  await runAt(17);
  const { id } = await latest("released");
  const release = later(17).toISOString();
  expect((await actions()).slice(1)).toEqual([
    ["reclaim.announced", { allotment: "analyzer", seats: 1, release }],
    ["reclaim.released", { allotment: "analyzer", seats: 1, kept: {} }],
  ]);
  const events = await store().db.waitingEvent.findMany({
    where: { license: at.number, type: { startsWith: "reclaim." } },
    orderBy: { time: "asc" },
  });
  expect(events.map(({ type, data, subject }) => [type, data, subject])).toEqual([
    ["reclaim.announced", { license: at.number, run: id, allotment: "analyzer", seats: 1, release }, null],
    ["reclaim.released", { license: at.number, run: id, allotment: "analyzer", seats: 1, kept: {} }, null],
  ]);
});

test("a seat that is used between the notice and the release stays, also if the use is dated before the notice", async () => {
  await save();
  await runAt(60);
  await use("ACME\\never", 61);
  const late = { instance: await instanceOf("ACME\\used"), lastUsed: day(5) };
  await sync(at.caller, [patchFor(at.number, "ACME\\used", late)], { now: later(62) });
  await runAt(63);
  const { items } = await latest("released");
  expect(items.map(({ subject, result }) => [subject, result]).sort()).toEqual([
    ["ACME\\fresh", "released"],
    ["ACME\\never", "used"],
    ["ACME\\used", "used"],
  ]);
});

test("a use that waits for the lock of the license wins, or its seat was released before: never both", async () => {
  await save();
  await runAt(10);
  const instance = await instanceOf("ACME\\never");
  const patch = patchFor(at.number, "ACME\\never", { instance, lastUsed: day(13) });
  await hear(13);
  await Promise.all([sync(at.caller, [patch], { now: later(13) }), reclaim(later(13))]);
  const { items } = await latest("released");
  const isHeld = (await holders()).includes("ACME\\never");
  expect(items[0]?.result).toBe(isHeld ? "used" : "released");
});

test("idle seats, seats without use, and deployments that don't report use are told apart", async () => {
  const silent = at.call();
  await sync(silent, [patchFor(at.number, "ACME\\unreported")]);
  await hear(60);
  const { seats: due, kept, isStopped } = await preview(60);
  expect(due.map(({ subject, reason, lastUsed }) => [subject, reason, lastUsed]).sort()).toEqual([
    ["ACME\\fresh", "idle", day(0)],
    ["ACME\\never", "never-used", null],
    ["ACME\\used", "idle", day(0)],
  ]);
  expect({ kept, isStopped }).toEqual({
    kept: { unreported: 1, new: 0, used: 0, silent: 0, exempt: 0 },
    isStopped: false,
  });
});

test("the age of a seat counts from the server's add, not from the client's date", async () => {
  const old = patchFor(at.number, "ACME\\dated", { created: "2019-01-01T00:00:00Z" });
  await sync(at.caller, [old], { now: later(55) });
  await hear(60);
  expect((await preview(60)).seats.map(({ subject }) => subject)).not.toContain("ACME\\dated");
  await hear(65);
  expect((await preview(65)).seats.map(({ subject }) => subject)).toContain("ACME\\dated");
});

test("users of a silent deployment may have used their seats: they stay until its lease has ended for long", async () => {
  await hear(20);
  expect((await preview(25)).kept).toMatchObject({ silent: 1, used: 2 });
  const lease = 14;
  expect((await preview(20 + lease + 9)).kept.silent).toBeGreaterThan(0);
  expect((await preview(20 + lease + 30)).kept.silent).toBe(0);
});

test.each([
  ["subject", "acme\\NEVER"],
  ["pattern", "*nev?r"],
  ["directory", "acme"],
] as const)("a %s on the never-release list stays: %s", async (kind, text) => {
  await save();
  await runAt(10);
  const entry = await addExemption(at.number, { kind, text }, SYSTEM, later(11));
  expect(await addExemption(at.number, { kind, text: text.toUpperCase() }, SYSTEM, later(11))).toEqual(entry);
  await runAt(13);
  expect((await latest("released")).items).toMatchObject([{ result: "exempt" }]);
  expect((await preview(13)).seats).toEqual([]);
});

test("a user is on the never-release list under each alias", async () => {
  await save();
  await runAt(10);
  const names = { subject: "ACME\\never", alias: "never@acme.example" };
  await declareAlias({ license: at.number, actor: SYSTEM, now: later(10) }, names);
  const entry = { kind: "subject" as const, text: "never@acme.example" };
  await addExemption(at.number, entry, SYSTEM, later(11));
  await runAt(13);
  expect((await latest("released")).items).toMatchObject([{ result: "exempt" }]);
  expect((await preview(13)).kept).toMatchObject({ exempt: 1 });
});

test("the list and users of released seats are never stored in clear", async () => {
  await addExemption(at.number, { kind: "subject", text: "Zebra\\boss" }, SYSTEM, NOW);
  await save();
  await runAt(10);
  await runAt(13);
  const tables = ["reclaim_exemption", "reclaim_seat", "reclaim_run", "audit_event", "event_outbox"];
  for (const table of tables) {
    const rows = await store().db.$queryRawUnsafe<{ row: string }[]>(
      `SELECT t::text || coalesce(encode(${table === "reclaim_exemption" ? "sealed" : table === "reclaim_seat" ? "subject" : "''::bytea"}, 'escape'), '') AS row FROM ${table} t`,
    );
    expect(rows.length, table).toBeGreaterThan(0);
    for (const { row } of rows) expect(row.toLowerCase(), table).not.toMatch(/zebra|boss|acme|never[^-]/);
  }
});

test("a run releases no more than its cap, the longest unused first", async () => {
  await save({ most: 2 });
  await runAt(60);
  const { items } = await latest("announced");
  expect(items).toHaveLength(2);
  await runAt(61);
  expect((await runs()).map(({ seats: count }) => count)).toEqual([1, 2]);
});

test("a scheduled moment has one run, whatever servers do, and each release happens once", async () => {
  await save();
  await hear(10);
  await Promise.all([reclaim(later(10)), reclaim(later(10)), reclaim(later(10))]);
  expect(await runs()).toHaveLength(1);
  await hear(13);
  const versions = store().db.roster.findUniqueOrThrow({ where: { license: at.number } });
  const { version } = await versions;
  await Promise.all([reclaim(later(13)), reclaim(later(13)), reclaim(later(13))]);
  const after = await store().db.roster.findUniqueOrThrow({ where: { license: at.number } });
  expect(after.version).toBe(version + 1n);
  expect((await runs()).filter(({ state }) => state === "released")).toHaveLength(1);
  expect((await actions()).filter(([action]) => action === "reclaim.released")).toHaveLength(1);
});

test("a release that breaks off changes nothing, and the next turn makes up for it", async () => {
  await save();
  await runAt(10);
  await hear(13);
  await store().db
    .$executeRaw`ALTER TABLE reclaim_seat ADD CONSTRAINT broken CHECK (result IS NULL) NOT VALID`;
  await expect(reclaim(later(13))).rejects.toThrow("Some seats");
  expect(await holders()).toHaveLength(3);
  expect((await latest("announced")).items).toHaveLength(1);
  await store().db.$executeRaw`ALTER TABLE reclaim_seat DROP CONSTRAINT broken`;
  await reclaim(later(13));
  expect(await holders()).toHaveLength(2);
});

test("a rule that is turned off, and a license that is stopped, cancel what was announced", async () => {
  await save();
  await runAt(10);
  await save({ isOn: false }, later(11));
  await runAt(13);
  expect(await runs()).toMatchObject([{ state: "cancelled", released: 0 }]);
  await save({}, later(13));
  await runAt(14);
  await changeLicense(at.number, { status: "suspended" }, null, SYSTEM, later(15));
  await reclaim(later(17));
  expect((await runs()).map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
  await reclaim(later(18));
  expect(await runs()).toHaveLength(2);
  expect(await holders()).toHaveLength(3);
});

test("an admin cancels a release, and a later run announces the seat again", async () => {
  await save();
  await runAt(10);
  const { id } = await latest("announced");
  await cancelRun(at.number, id, SYSTEM, later(11));
  await cancelRun(at.number, id, SYSTEM, later(11));
  await runAt(13);
  expect(await holders()).toHaveLength(3);
  expect((await latest("announced")).announced).toEqual(later(13));
  await expect(undoRun(at.number, id, SYSTEM, later(13))).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
});

test("a seat that others released, and one that got stricter days, are not released by the run", async () => {
  await at.add("ACME\\other");
  await save();
  await runAt(10);
  const scope = { license: at.number, actor: SYSTEM, now: later(11) };
  await releaseSeats(scope, [await instanceOf("ACME\\other")]);
  await save({ graceDays: 100 }, later(11));
  await runAt(13);
  const { items } = await latest("released");
  expect(items.map(({ result }) => result).sort()).toEqual(["gone", "new"]);
});

test("an undo restores as far as units are free, and can be repeated for the rest", async () => {
  await save();
  await runAt(10);
  await runAt(13);
  await sync(
    at.caller,
    ["a", "b", "c"].map((name) => patchFor(at.number, name)),
    { now: later(14) },
  );
  const { id } = await latest("released");
  await expect(undoRun(at.number, id, SYSTEM, later(14))).rejects.toMatchObject({
    code: "NO_AVAILABLE_UNITS",
  });
  const definition = { ...at.definition, allotments: [seats("analyzer", 6)] };
  await putDefinition(at.number, definition, null, false, SYSTEM, later(14));
  expect(await undoRun(at.number, id, SYSTEM, later(15))).toEqual({ undone: 1, stayed: 0 });
});

test("after 7 days the user of a released seat is forgotten, and nothing can be undone", async () => {
  await save();
  await runAt(10);
  await runAt(13);
  const { id } = await latest("released");
  await save({ isOn: false }, later(13));
  await reclaim(later(20));
  expect((await runWithSeats(at.number, id)).items[0]?.subject).toBe("ACME\\never");
  await reclaim(later(21));
  expect((await runWithSeats(at.number, id)).items[0]?.subject).toBeNull();
  await expect(undoRun(at.number, id, SYSTEM, later(21))).rejects.toMatchObject({ code: "UNDO_OVER" });
  await reclaim(later(500));
  expect(await runs()).toEqual([]);
});

test("a rule is saved by the tag that was seen, and only for allotments with seats", async () => {
  await save();
  await expect(saveReclaimRule(at.number, "analyzer", RULE, "another", SYSTEM, NOW)).rejects.toMatchObject({
    code: "VERSION_MISMATCH",
  });
  await expect(saveReclaimRule(at.number, "nothing", RULE, null, SYSTEM, NOW)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await save({ every: "month" })).toMatchObject({ next: new Date("2026-09-01T06:00:00Z") });
});
