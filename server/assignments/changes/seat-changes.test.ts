import { beforeEach, expect, test } from "vitest";
import type { Actor } from "@/server/access/actor";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { undo } from "@/server/assignments/undo/undo";
import { listAudit, listShown } from "@/server/audit/log";
import { reversalsOf } from "@/server/audit/reversals";
import type { License } from "@/server/licenses/license";
import { putDefinition } from "@/server/licenses/license-definitions";
import { store } from "@/server/store/store";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { assignSeats, convertSeats, onlyOne, releaseSeats } from "./seat-changes";
import type { SeatsChanged } from "./seat-results";

useStore();

let license: License;
let tick = 0;
beforeEach(async () => {
  license = await makeLicense({
    allotments: [seats("professional", 2), seats("analyzer", 3), minutes("time", 9)],
  });
});

const actor: Actor = { kind: "user", id: OWNER.id };
const scope = () => ({ license: license.number, actor, now: new Date(NOW.getTime() + ++tick * 1000) });
const assign = (allotment: string, ...subjects: string[]) => assignSeats(scope(), subjects, allotment);
const held = async () => (await listAssignments(license.number, { limit: 100, sort: "created" }, NOW)).items;
const names = async () => (await held()).map(({ subject, allotment }) => `${subject} ${allotment}`);
const instanceOf = async (subject: string) =>
  (await held()).find((seat) => seat.subject === subject)?.instance ?? "";
const release = async (...subjects: string[]) =>
  releaseSeats(scope(), await Promise.all(subjects.map(instanceOf)));
const convert = async (allotment: string, ...subjects: string[]) =>
  convertSeats(scope(), await Promise.all(subjects.map(instanceOf)), allotment);
const takeBack = ({ undo: sealed = "" }: SeatsChanged) => undo(sealed, OWNER, scope());

test("each of many subjects gets its seat or a sentence", async () => {
  await assign("professional", "bob");
  const { done, left } = await assign("professional", "BOB", "eve", "", "gwen");
  expect(done.map(({ subject }) => subject)).toEqual(["eve"]);
  expect(left.map(({ subject, code }) => [subject, code])).toEqual([
    ["BOB", "ALREADY_ASSIGNED"],
    ["", "INVALID_SUBJECT"],
    ["gwen", "NO_AVAILABLE_UNITS"],
  ]);
  expect(left[2]?.sentence).toBe(
    "gwen was not assigned. All 2 professional seats are taken. Release a seat, or raise the units in Definition.",
  );
});

test("two spellings of one user take one seat, count once, and are undone as one", async () => {
  const made = await assign("analyzer", "acme\\bob", "ACME\\Bob", "eve", "eve");
  expect(made.done.map(({ subject }) => subject)).toEqual(["acme\\bob", "eve"]);
  expect(made.left.map(({ sentence }) => sentence)).toEqual([
    "ACME\\Bob is the same user as acme\\bob.",
    "eve is listed twice.",
  ]);
  expect(await takeBack(made)).toEqual({ undone: 2, stayed: 0 });
});

test("a seat that is named twice is released once, and one that no longer exists is reported", async () => {
  await assign("analyzer", "bob", "eve");
  const [bob, eve] = [await instanceOf("bob"), await instanceOf("eve")];
  const released = await releaseSeats(scope(), [bob, bob]);
  expect([released.done.length, released.left]).toEqual([1, []]);
  const { done, left } = await convertSeats(scope(), [eve, bob, eve], "professional");
  expect(done.map(({ subject }) => subject)).toEqual(["eve"]);
  expect(left.map(({ code }) => code)).toEqual(["ALREADY_RELEASED"]);
});

test("a refusal that an admin sees at once isn't kept as a rejection", async () => {
  await assign("analyzer", "a", "b", "c", "d");
  expect(await store().db.rejection.count({ where: { license: license.number } })).toBe(0);
});

test("a refused single seat is a refusal", async () => {
  const refused = await assign("time", "bob");
  expect(() => onlyOne(refused)).toThrow(expect.objectContaining({ code: "NOT_ASSIGNABLE" }));
});

test("an assignment can be undone once", async () => {
  const made = await assign("professional", "bob");
  expect(await takeBack(made)).toEqual({ undone: 1, stayed: 0 });
  expect(await held()).toEqual([]);
  await expect(takeBack(made)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
});

test("undoing a release restores the old time and source", async () => {
  await assign("professional", "bob");
  const [before] = await held();
  const gone = await release("bob");
  expect(await held()).toEqual([]);
  expect(await takeBack(gone)).toEqual({ undone: 1, stayed: 0 });
  const [after] = await held();
  expect(after).toMatchObject({ subject: "bob", created: before?.created, source: "admin" });
  expect(after?.instance).not.toBe(before?.instance);
  await expect(takeBack(gone)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
});

test("undo doesn't take back a seat that went to another user", async () => {
  await assign("professional", "gwen", "bob");
  const gone = await release("gwen");
  await assign("professional", "eve");
  await expect(takeBack(gone)).rejects.toMatchObject({
    code: "NO_AVAILABLE_UNITS",
    detail: expect.stringMatching(
      /^gwen was not restored\. The seat went to eve at \d\d:\d\d:\d\d UTC\. Release a seat, then assign again\.$/,
    ),
  });
  expect((await names()).toSorted()).toEqual(["bob professional", "eve professional"]);
});

test("a restored seat keeps its rank when units shrink", async () => {
  await assign("analyzer", "first", "second", "third");
  await takeBack(await release("first"));
  const allotments = [seats("professional", 2), seats("analyzer", 2), minutes("time", 9)];
  const { product, valid } = license;
  const definition = { product, valid, trial: false, allotments, parameters: [] };
  await putDefinition(license.number, definition, license.version, false, actor, NOW);
  const states = Object.fromEntries((await held()).map(({ subject, state }) => [subject, state]));
  expect(states).toEqual({ first: "active", second: "active", third: "excess" });
});

test("a conversion takes the new seat before it releases the old one", async () => {
  await assign("analyzer", "a", "b", "c");
  const { done, left } = await convert("professional", "a", "b", "c");
  expect(done.map(({ subject }) => subject)).toEqual(["a", "b"]);
  expect(left.map(({ subject, code }) => [subject, code])).toEqual([["c", "NO_AVAILABLE_UNITS"]]);
  expect((await names()).toSorted()).toEqual(["a professional", "b professional", "c analyzer"]);
});

test("a conversion is undone as a whole", async () => {
  const lives = async () =>
    (await held())
      .map(({ subject, allotment, created }) => ({ subject, allotment, created }))
      .toSorted((one, other) => one.subject.localeCompare(other.subject));
  await assign("analyzer", "a", "b");
  const before = await lives();
  const converted = await convert("professional", "a", "b");
  expect(await takeBack(converted)).toEqual({ undone: 2, stayed: 0 });
  expect(await lives()).toEqual(before);
});

test("a seat that was released already is reported", async () => {
  await assign("analyzer", "a");
  const instance = await instanceOf("a");
  await release("a");
  expect((await releaseSeats(scope(), [instance, "x"])).left).toHaveLength(2);
});

test("undoing a bulk release restores the seats that it can, and counts the rest", async () => {
  await assign("analyzer", "a", "b", "c");
  const gone = await release("a", "b", "c");
  await assign("analyzer", "new");
  const undone = await takeBack(gone);
  expect(undone).toMatchObject({ undone: 2, stayed: 1 });
  expect(undone.sentence).toContain("The seat went to new");
});

test("the audit has both events, the second with the one it reverses", async () => {
  await assign("analyzer", "a");
  await takeBack(await release("a"));
  const events = await store().db.auditEvent.findMany({
    where: { chain: license.number, action: { startsWith: "assignment." } },
    orderBy: { sequence: "asc" },
  });
  expect(
    events.map(({ action, details }) => [action, Object(details).version, Object(details).reverses]),
  ).toEqual([
    ["assignment.added", 1, undefined],
    ["assignment.released", 2, undefined],
    ["assignment.added", 3, 2],
  ]);
  expect(JSON.stringify(events.map(({ details }) => details))).not.toContain(`"a"`);
});

test("each of both events links to the other, even if one stands for many", async () => {
  await assign("analyzer", "a", "b");
  await takeBack(await release("a", "b"));
  await takeBack(await assign("professional", "c"));
  const shown = async () =>
    (await listShown(OWNER, { chain: license.number, limit: 9 })).items.map(async (event) => {
      const { reverses, reversedBy } = await reversalsOf(event);
      return [event.action, event.standsFor, reverses?.sequence, reversedBy?.sequence];
    });
  expect(await Promise.all(await shown())).toEqual([
    ["assignment.released", 1, 8, undefined],
    ["assignment.added", 1, undefined, 9],
    ["assignment.added", 2, 5, undefined],
    ["assignment.released", 2, undefined, 7],
    ["assignment.added", 2, undefined, undefined],
    ["license.created", 1, undefined, undefined],
  ]);
  const { items } = await listAudit(OWNER, { chain: license.number, action: "assignment.added", limit: 9 });
  const singles = await Promise.all(items.map((event) => reversalsOf({ ...event, standsFor: 1 })));
  expect(singles.map(({ reverses }) => reverses && [reverses.action, reverses.sequence])).toEqual([
    null,
    ["assignment.released", 4],
    ["assignment.released", 5],
    null,
    null,
  ]);
});

test("nobody else can undo the change", async () => {
  const { undo: sealed = "" } = await assign("analyzer", "a");
  const eve = { ...scope(), actor: { kind: "user" as const, id: "eve" } };
  await expect(undo(sealed, OWNER, eve)).rejects.toMatchObject({ code: "UNDO_OVER" });
  const auditor = { ...OWNER, role: "auditor" as const };
  await expect(undo(sealed, auditor, scope())).rejects.toMatchObject({ code: "FORBIDDEN" });
});
