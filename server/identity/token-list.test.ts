import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { store } from "@/server/store/store";
import { NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type TokenFilter, tokenBoard } from "./token-list";
import { createToken, revokeToken } from "./tokens";

useStore();

const later = (ms: number) => new Date(NOW.getTime() + ms);

/**
 * Three tokens: one that is used and has no end, one that ends in an hour, and one that was revoked, with names that
 * begin alike.
 */
async function threeTokens() {
  const word = crypto.randomUUID();
  const make = async (name: string, at: number, expires?: Date) =>
    (await createToken(OWNER, { name: `${word} ${name}`, role: "auditor", expires }, SYSTEM, later(at))).id;
  const lasting = await make("b", 1);
  const ending = await make("C", 2, later(3_600_000));
  const revoked = await make("a", 3);
  await store().db.apiToken.update({ where: { id: lasting }, data: { lastUsedAt: NOW } });
  await revokeToken(OWNER, revoked, SYSTEM, later(4));
  return { query: word.toUpperCase(), lasting, ending, revoked };
}

const found = async (filter: TokenFilter, { who = OWNER, now = later(5) } = {}) =>
  (await tokenBoard(who, { limit: 50, ...filter }, now)).items.map(({ id }) => id);

test("tokens are sorted by age, name, last use and end; those without a value come last", async () => {
  const { query, lasting, ending, revoked } = await threeTokens();
  expect(await found({ query })).toEqual([revoked, ending, lasting]);
  expect(await found({ query, sort: "name" })).toEqual([revoked, lasting, ending]);
  expect((await found({ query, sort: "-used" }))[0]).toBe(lasting);
  expect(await found({ query, sort: "ends" })).toEqual([revoked, ending, lasting]);
});

test("a token has ended from its end on, or when it was revoked", async () => {
  const { query, lasting, ending, revoked } = await threeTokens();
  expect(await found({ query, state: "in-use" })).toEqual([ending, lasting]);
  expect(await found({ query, state: "ended" })).toEqual([revoked]);
  const now = later(3_600_000);
  expect(await found({ query, state: "in-use" }, { now })).toEqual([lasting]);
  expect(await found({ query, state: "ended" }, { now })).toEqual([revoked, ending]);
  expect(await found({ query, role: "owner" })).toEqual([]);
});

test("a person who can't see others' tokens finds and counts only their own", async () => {
  const { query } = await threeTokens();
  const who = { ...OWNER, id: "ivo", role: "issuer" as const };
  expect(await found({ query }, { who })).toEqual([]);
  expect((await tokenBoard(who, { query, limit: 9 }, NOW)).total).toBe(0);
  expect((await tokenBoard(OWNER, { query, limit: 2 }, NOW)).total).toBe(3);
});
