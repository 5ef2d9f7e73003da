import { afterAll, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { seatPlanner } from "@/server/assignments/changes/assignment-planning";
import { assignSeats, releaseSeats } from "@/server/assignments/changes/seat-changes";
import { importSeats } from "@/server/assignments/files/assignment-import";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { listRejections } from "@/server/assignments/lists/rejections";
import { listReleased } from "@/server/assignments/lists/released-seats";
import { undoSeats } from "@/server/assignments/undo/seat-undo";
import { readUndoToken } from "@/server/assignments/undo/undo-token";
import { activate } from "@/server/deployments/activations";
import { changeLicense } from "@/server/licenses/license-changes";
import { runCheck } from "@/server/maintenance/check";
import { purge } from "@/server/maintenance/purge";
import { searchPeople } from "@/server/overview/search-people";
import { store } from "@/server/store/store";
import { NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { baseOf, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { releaseEverywhere } from "@/server/users/release-everywhere";
import { seatsOfUser } from "@/server/users/user-lookup";
import { declareAlias, previewAlias, removeAlias } from "./alias-changes";
import { listAliases } from "./alias-list";

useStore();

afterAll(async () => {
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

const BOB = "acme\\bob";
const MAIL = "bob@acme.example";
const PAIR = { subject: BOB, alias: MAIL };
const actor = { kind: "user" as const, id: OWNER.id };
const scopeOf = (license: string) => ({ license, actor, now: NOW });
const live = async (license: string) =>
  (await store().db.allotment.findMany({ where: { licenseNumber: license } })).map((row) => row.live);
const eventsOf = (license: string, prefix: string) =>
  store().db.auditEvent.findMany({
    where: { chain: license, action: { startsWith: prefix } },
    orderBy: { sequence: "asc" },
  });

/** A license where both names hold a seat, with a base at that point. */
async function bothHold() {
  const made = await deploymentOf([seats("analyzer", 3), seats("professional", 3)]);
  const [bob, mail] = await made.add(BOB, MAIL);
  const [other] = (await sync(made.caller, [patchFor(made.number, MAIL, { allotment: "professional" })]))
    .patches;
  const base = baseOf(await sync(made.caller));
  return { ...made, bob, mail, other, base };
}

test("seats of one kind count once: the later one is released, the first keeps its rank, and everybody learns it", async () => {
  const { number, caller, bob, mail, other, base } = await bothHold();
  const preview = await previewAlias(scopeOf(number), PAIR);
  expect(preview.released).toEqual([{ instance: mail?.instance, subject: MAIL, allotment: "analyzer" }]);
  expect(await live(number)).toEqual([2, 1]);
  const made = await declareAlias(scopeOf(number), PAIR);
  expect(made).toEqual({ ...preview, id: expect.any(String), isNew: true });
  expect(await live(number)).toEqual([1, 1]);
  const { patches } = await sync(caller, [], { base });
  expect(patches).toEqual([
    expect.objectContaining({ instance: mail?.instance, subject: "", deleted: NOW.toISOString() }),
    { ...bob, version: 5, rank: 1, aliases: [MAIL] },
    { ...other, version: 6, rank: 3, subject: BOB, aliases: [MAIL] },
  ]);
  const snapshot = await sync(caller);
  expect(snapshot.patches).toEqual(patches.slice(1));
});

test("every lookup by the alias finds the user's seat", async () => {
  const { number, caller, bob } = await bothHold();
  await declareAlias(scopeOf(number), PAIR);
  const [added] = (
    await sync(caller, [patchFor(number, "BOB@acme.example", { created: "2026-08-24T09:00:00Z" })])
  ).patches;
  expect(added).toMatchObject({ instance: bob?.instance, subject: BOB, rejection: "" });
  const assigned = await assignSeats(scopeOf(number), [MAIL], "analyzer");
  expect(assigned).toMatchObject({ done: [], left: [{ code: "ALREADY_ASSIGNED", instance: bob?.instance }] });
  const line = { subject: MAIL, allotment: "analyzer" };
  expect(await importSeats(scopeOf(number), [line])).toMatchObject({ fates: [{ outcome: "already" }] });
  const { items } = await listAssignments(number, { query: MAIL, allotment: "analyzer", limit: 10 }, NOW);
  expect(items).toMatchObject([{ instance: bob?.instance, subject: BOB, aliases: [MAIL], isTwice: false }]);
  expect(await searchPeople(OWNER, number, MAIL)).toHaveLength(2);
  const here = ({ license }: { license: string }) => license === number;
  expect((await seatsOfUser(OWNER, MAIL)).filter(here)).toHaveLength(2);
  const { released } = await releaseEverywhere(OWNER, MAIL, scopeOf(number));
  expect(released.filter(here)).toHaveLength(2);
});

test("adds by both names need one seat, and a plan says so before", async () => {
  const { number, caller } = await deploymentOf([seats("analyzer", 1)]);
  await declareAlias(scopeOf(number), PAIR);
  const lines = [MAIL, BOB].map((subject) => ({ subject, allotment: "analyzer" }));
  const { decide } = await seatPlanner(number, NOW);
  expect(lines.map((line, at) => decide(line, at).outcome)).toEqual(["add", "same-row"]);
  const { patches } = await sync(caller, [patchFor(number, MAIL), patchFor(number, BOB)]);
  expect(patches).toMatchObject([
    { subject: MAIL, rejection: "" },
    { subject: BOB, aliases: [MAIL], rejection: "" },
  ]);
  expect(await live(number)).toEqual([1]);
});

test("declaring twice is one alias, the audit has the two indexes only, and no name outlives the seat", async () => {
  const { number, bob } = await bothHold();
  const first = await declareAlias(scopeOf(number), PAIR);
  const again = await declareAlias(scopeOf(number), { subject: "ACME\\BOB", alias: MAIL });
  expect(again).toMatchObject({ id: first.id, isNew: false, released: [] });
  const declared = await eventsOf(number, "alias.");
  const index = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(declared.map(({ object, details }) => [object, details])).toEqual([
    [first.id, { index, alias: index }],
  ]);
  const { items } = await listAliases(number, { limit: 10 });
  expect(items).toEqual([{ id: first.id, subject: BOB, alias: MAIL, declared: NOW }]);
  const { items: held } = await listAssignments(number, { limit: 10 }, NOW);
  await releaseSeats(
    scopeOf(number),
    held.map(({ instance }) => instance),
  );
  expect(await listAliases(number, { limit: 10 })).toMatchObject({ items: [{ subject: null, alias: null }] });
  const rows = await store().db.assignment.findMany({ where: { license: number } });
  expect(rows.map(({ subject, hasAliases }) => subject ?? hasAliases)).toEqual([false, false, false]);
  expect(await store().db.aliasText.count({ where: { license: number } })).toBe(0);
  const { items: gone } = await listReleased(number, { query: MAIL, limit: 10 });
  expect(gone.map(({ instance }) => instance)).toContain(bob?.instance);
  expect(gone).toHaveLength(3);
});

test("aliases that a server of an older release left are purged", async () => {
  const { number } = await bothHold();
  await declareAlias(scopeOf(number), PAIR);
  const { aliasText, assignment } = store().db;
  const license = number;
  await assignment.updateMany({ where: { license, deleted: null }, data: { deleted: NOW, subject: null } });
  await store().db.allotment.updateMany({ where: { licenseNumber: number }, data: { live: 0 } });
  expect(await aliasText.count({ where: { license } })).toBe(2);
  await purge(NOW);
  expect(await aliasText.count({ where: { license } })).toBe(0);
});

test("an undo of a release brings the aliases back", async () => {
  const { number, caller } = await bothHold();
  await declareAlias(scopeOf(number), PAIR);
  const { items } = await listAssignments(number, { limit: 10 }, NOW);
  const { undo = "" } = await releaseSeats(
    scopeOf(number),
    items.map(({ instance }) => instance),
  );
  const inverses = readUndoToken(undo, scopeOf(number)).flatMap(({ seat }) => seat ?? []);
  expect(await undoSeats(inverses, scopeOf(number))).toMatchObject({ undone: 2, stayed: 0 });
  const { patches } = await sync(caller);
  const named = expect.objectContaining({ subject: BOB, aliases: [MAIL] });
  expect(patches).toEqual([named, named]);
});

test("removing leaves the seats with the user, in a new version without the alias, which has no seat", async () => {
  const { number, caller, bob } = await bothHold();
  const { id } = await declareAlias(scopeOf(number), PAIR);
  const base = baseOf(await sync(caller));
  await removeAlias(scopeOf(number), id);
  const { patches } = await sync(caller, [], { base });
  expect(patches.map(({ subject, aliases, rank }) => [subject, aliases, rank])).toEqual([
    [BOB, undefined, 1],
    [BOB, undefined, 3],
  ]);
  expect(await live(number)).toEqual([1, 1]);
  const again = patchFor(number, MAIL, { created: "2026-08-24T09:30:00Z" });
  const [taken] = (await sync(caller, [again])).patches;
  expect(taken?.instance).not.toBe(bob?.instance);
  expect((await eventsOf(number, "alias.")).map(({ action }) => action)).toEqual([
    "alias.declared",
    "alias.removed",
  ]);
  await expect(removeAlias(scopeOf(number), id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(removeAlias(scopeOf(number), "x")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("rejections of the alias are the user's, and those that a seat settles are gone", async () => {
  const { number, caller } = await deploymentOf([seats("analyzer", 1), seats("professional", 1)]);
  const sent = [
    patchFor(number, BOB),
    patchFor(number, MAIL),
    patchFor(number, "acme\\eve", { allotment: "professional" }),
    patchFor(number, MAIL, { allotment: "professional" }),
  ];
  await sync(caller, sent);
  const { id } = await declareAlias(scopeOf(number), PAIR);
  const { items } = await listRejections(number, { query: BOB, limit: 10 });
  expect(items).toMatchObject([{ subject: MAIL, allotment: "professional", code: "NO_AVAILABLE_UNITS" }]);
  await removeAlias(scopeOf(number), id);
  expect((await listRejections(number, { query: BOB, limit: 10 })).items).toEqual([]);
  expect((await listRejections(number, { query: MAIL, limit: 10 })).items).toHaveLength(1);
});

test.each([
  [{ subject: BOB, alias: "ACME\\bob" }, "SAME_SUBJECT"],
  [{ subject: MAIL, alias: "bob" }, "ALIAS_CHAIN"],
  [{ subject: "bob", alias: BOB }, "ALIAS_CHAIN"],
  [{ subject: BOB, alias: "" }, "INVALID_SUBJECT"],
])("%j is refused as %s, and nothing changes", async (named, code) => {
  const { number } = await bothHold();
  await declareAlias(scopeOf(number), PAIR);
  await expect(previewAlias(scopeOf(number), named)).rejects.toMatchObject({ code });
  await expect(declareAlias(scopeOf(number), named)).rejects.toMatchObject({ code });
  expect((await listAliases(number, { limit: 10 })).items).toHaveLength(1);
});

test("another matching drops the aliases", async () => {
  const { number, add } = await deploymentOf();
  await declareAlias(scopeOf(number), PAIR);
  await changeLicense(number, { settings: { subjectMatching: "exact" } }, null, SYSTEM, NOW);
  expect((await listAliases(number, { limit: 10 })).items).toEqual([]);
  expect((await eventsOf(number, "alias.")).map(({ action }) => action)).toEqual([
    "alias.declared",
    "alias.removed",
  ]);
  await add(BOB, MAIL);
  expect(await live(number)).toEqual([2]);
});

test("deployments that don't know aliases are named before", async () => {
  const { number, call } = await deploymentOf();
  await activate({ ...call({ source: "new" }), features: ["aliases"] }, "Initial", NOW);
  await activate({ ...call({ source: "old" }), features: ["dual-use"] }, "Initial", NOW);
  const { unaware } = await previewAlias(scopeOf(number), PAIR);
  expect(unaware).toEqual({
    count: 1,
    items: [{ source: "old", name: null, product: "QSEfW", version: "1.6.4", lastSeen: NOW }],
  });
});
