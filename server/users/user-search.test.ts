import { beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { declareAlias } from "@/server/assignments/aliases/alias-changes";
import { assignSeats, releaseSeats } from "@/server/assignments/changes/seat-changes";
import type { License } from "@/server/licenses/license";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { otherSpellings, searchUsers } from "./user-search";

useStore();

const PATIENCE = { patience: 10_000 };
let mine: License;
let theirs: License;
beforeAll(async () => {
  mine = await makeLicense({
    customer: "Contoso",
    allotments: [seats("professional", 50), seats("Analyzer", 50)],
  });
  theirs = await makeLicense({ customer: "Fabrikam", allotments: [seats("professional", 50)] });
  await assign(mine, "Analyzer", "acme\\Bob", "acme\\ann", "bob@acme.example", "zoë\\kim");
  await assign(mine, "professional", "ACME\\BOB");
  await assign(theirs, "professional", "acme\\bob", "fabrikam\\eve");
});

const assign = ({ number }: License, allotment: string, ...subjects: string[]) =>
  assignSeats({ license: number, actor: SYSTEM, now: NOW }, subjects, allotment);
const search = (query = "", who: Principal = OWNER) => searchUsers(who, { query, limit: 50, ...PATIENCE });
const names = async (query = "", who: Principal = OWNER) =>
  (await search(query, who)).items.map(({ subject }) => subject);
const admin = (): Principal => ({ ...OWNER, role: "license-admin", customers: [theirs.customer.id] });

test("a part of a name finds the user once, with all seats over the licenses in scope", async () => {
  const { items, seats: found } = await search("E\\BOB");
  expect(items.map(({ subject }) => subject.toLowerCase())).toEqual(["acme\\bob"]);
  expect(items[0]?.seats.map(({ customer, allotment }) => `${customer} ${allotment}`).sort()).toEqual([
    "Contoso Analyzer",
    "Contoso professional",
    "Fabrikam professional",
  ]);
  expect(found).toBe(3);
  expect((await names()).map((name) => name.toLowerCase())).toEqual([
    "acme\\ann",
    "acme\\bob",
    "bob@acme.example",
    "fabrikam\\eve",
    "zoë\\kim",
  ]);
  expect(await names("ZOË")).toEqual(["zoë\\kim"]);
  expect(await names("nobody")).toEqual([]);
});

test("another customer's users don't exist", async () => {
  expect(await names("", admin())).toEqual(["acme\\bob", "fabrikam\\eve"]);
  expect((await search("bob", admin())).items[0]?.seats).toHaveLength(1);
  const bound = { ...OWNER, license: theirs.number };
  expect(await names("ann", bound)).toEqual([]);
});

test("a change is found at once, also one of another server", async () => {
  await assign(theirs, "professional", "fresh\\lee");
  const [lee] = (await search("fresh\\l")).items;
  expect(lee).toMatchObject({ subject: "fresh\\lee", lastUsed: null });
  await releaseSeats({ license: theirs.number, actor: SYSTEM, now: NOW }, [lee?.seats[0]?.instance ?? ""]);
  expect(await names("fresh\\l")).toEqual([]);
});

test("a user is found by a part of an alias", async () => {
  const license = await makeLicense({ allotments: [seats("professional", 5)] });
  const scope = { license: license.number, actor: SYSTEM, now: NOW };
  await assignSeats(scope, ["wil\\nils"], "professional");
  await declareAlias(scope, { subject: "wil\\nils", alias: "I.Berg@nils.test" });
  expect(await names("i.berg@")).toEqual(["wil\\nils"]);
});

test("the last use is that of any seat", async () => {
  const license = { number: mine.number };
  const row = await store().db.assignment.findFirst({
    where: { license: license.number, deleted: null },
    orderBy: { version: "asc" },
  });
  await store().db
    .$executeRaw`UPDATE assignment SET last_used = '2026-08-20' WHERE license = ${license.number} AND instance = ${row?.instance}`;
  expect((await search("acme\\bob")).items[0]?.lastUsed).toBe("2026-08-20");
});

test("pages follow each other, and a cursor names nobody and is good for its search only", async () => {
  const first = await searchUsers(OWNER, { query: "a", limit: 2, ...PATIENCE });
  expect(first.items).toHaveLength(2);
  const cursor = first.cursor ?? "";
  expect(Buffer.from(cursor, "base64url").toString("latin1")).not.toContain("bob");
  const second = await searchUsers(OWNER, { query: "A", limit: 2, cursor, ...PATIENCE });
  expect(second.items.map(({ subject }) => subject)).toEqual(["bob@acme.example", "fabrikam\\eve"]);
  expect(second.cursor).toBeNull();
  const foreign = searchUsers(OWNER, { query: "b", limit: 2, cursor, ...PATIENCE });
  await expect(foreign).rejects.toMatchObject({ code: "INVALID_CURSOR" });
  await expect(searchUsers(OWNER, { limit: 2, cursor: "x", ...PATIENCE })).rejects.toMatchObject({
    code: "INVALID_CURSOR",
  });
});

test("a search that doesn't wait says how many seats it hasn't read yet, and they are read meanwhile", async () => {
  globalThis.signetState?.delete("live-seats");
  const total = await store().db.assignment.count({ where: { deleted: null } });
  const cold = await searchUsers(OWNER, { limit: 50, patience: 0 });
  expect(cold.waiting).toBeGreaterThan(0);
  expect(cold.waiting + cold.seats).toBe(total);
  await expect.poll(async () => (await searchUsers(OWNER, { limit: 50, patience: 0 })).waiting).toBe(0);
});

test("other spellings of a user are named, over licenses", async () => {
  const others = await otherSpellings(OWNER, "ACME\\bob", PATIENCE);
  expect(others.map(({ subject, customer }) => `${subject} ${customer}`)).toEqual([
    "bob@acme.example Contoso",
  ]);
  expect(await otherSpellings(OWNER, "acme\\ann", PATIENCE)).toEqual([]);
});
