import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import type { License } from "@/server/licenses/license";
import { store } from "@/server/store/store";
import { makeLicense, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { addNamedSeats, moveNamedSeats, releaseNamedSeats } from "./named-seats";

useStore();

let license: License;
let tick = 0;
beforeEach(async () => {
  license = await makeLicense({ allotments: [seats("professional", 3), seats("analyzer", 3000)] });
});

const scope = () => ({
  license: license.number,
  actor: SYSTEM,
  now: new Date(NOW.getTime() + ++tick * 1000),
});
const named = (subject: string, allotment = "analyzer") => ({ subject, allotment });
const add = (...subjects: string[]) =>
  addNamedSeats(
    scope(),
    subjects.map((subject) => named(subject)),
  );
const held = async () =>
  (await listAssignments(license.number, { limit: 100, sort: "subject" }, NOW)).items.map(
    ({ subject, allotment }) => `${subject} ${allotment}`,
  );
const countOf = (results: unknown[], result: string) => results.filter((one) => one === result).length;

test("twenty calls at once take the three seats that there are", async () => {
  const calls = Array.from({ length: 20 }, (_, at) =>
    addNamedSeats(scope(), [named(`user${at}`, "professional")]),
  );
  const results = (await Promise.all(calls)).flat();
  expect(countOf(results, "ADDED")).toBe(3);
  expect(results.filter((one) => typeof one === "object")).toEqual(
    Array.from({ length: 17 }, () => ({ rejection: "NO_AVAILABLE_UNITS" })),
  );
  const where = { license: license.number };
  expect(await store().db.rejection.count({ where }), "the caller saw them").toBe(0);
});

test("a release that is sent twenty times at once releases once", async () => {
  await add("bob");
  const calls = Array.from({ length: 20 }, () => releaseNamedSeats(scope(), [named("BOB")]));
  const results = (await Promise.all(calls)).flat();
  expect([countOf(results, "RELEASED"), countOf(results, "NOT_FOUND")]).toEqual([1, 19]);
});

test("a seat that is moved and released at once has one end", async () => {
  await add("bob");
  const [[moved], [released]] = await Promise.all([
    moveNamedSeats(scope(), [{ subject: "eve", sourceSubject: "bob" }]),
    releaseNamedSeats(scope(), [named("bob")]),
  ]);
  expect([
    ["ADDED", "NOT_FOUND"],
    ["NOT_FOUND", "RELEASED"],
  ]).toContainEqual([moved, released]);
  expect(await held()).toEqual(moved === "ADDED" ? ["eve analyzer"] : []);
});

test("more than one transaction's worth is decided in order", async () => {
  const all = Array.from({ length: 2600 }, (_, at) => `user${at}`);
  const results = await add(...all, "user0");
  expect(countOf(results, "ADDED")).toBe(2600);
  expect(results.at(-1)).toBe("HELD");
  const released = await releaseNamedSeats(
    scope(),
    [...all, "nobody"].map((subject) => named(subject)),
  );
  expect([countOf(released, "RELEASED"), released.at(-1)]).toEqual([2600, "NOT_FOUND"]);
});

test("a move without a type takes the only seat of its user, whatever its allotment", async () => {
  await add("bob", "eve");
  await addNamedSeats(scope(), [named("eve", "professional")]);
  expect(
    await moveNamedSeats(scope(), [
      { subject: "kim", sourceSubject: "BOB" },
      { subject: "lee", sourceSubject: "eve" },
      { subject: "kim", sourceSubject: "bob" },
      { subject: "eve", sourceType: "analyzer", type: "Analyzer" },
      { subject: 7, type: "analyzer" },
    ]),
  ).toEqual(["ADDED", "SEVERAL", "NOT_FOUND", "STAYS", "NOT_FOUND"]);
  expect(await held()).toEqual(expect.arrayContaining(["kim analyzer", "eve analyzer", "eve professional"]));
});

test("a move keeps the last use of a user, and forgets it for another one", async () => {
  await add("bob", "eve");
  await store().db.assignment.updateMany({ where: { license: license.number }, data: { lastUsed: NOW } });
  await moveNamedSeats(scope(), [
    { subject: "bob", type: "professional" },
    { subject: "kim", sourceSubject: "eve" },
  ]);
  const { items } = await listAssignments(license.number, { limit: 9, sort: "subject" }, NOW);
  expect(items.map(({ subject, lastUsed }) => [subject, lastUsed])).toEqual([
    ["bob", "2026-08-24"],
    ["kim", null],
  ]);
});
