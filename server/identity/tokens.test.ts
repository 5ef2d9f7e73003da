import { expect, test } from "vitest";
import { ROLES, type Role } from "@/domain/roles";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { createToken, listTokens, type NewToken, principalOfToken, revokeToken } from "./tokens";

useStore();

const later = (ms: number) => new Date(NOW.getTime() + ms);
const make = (maker: Partial<Principal>, wanted: Partial<NewToken>) =>
  createToken({ ...OWNER, ...maker }, { name: "CI", role: "auditor", ...wanted }, SYSTEM, NOW);

test("a token is shown once, and has its role and license", async () => {
  const { number } = await makeLicense();
  const { token, id } = await make({}, { role: "issuer", license: number });
  expect(token).toMatch(/^sgn_[A-Za-z0-9_-]{43}$/);
  expect(await principalOfToken(token, NOW)).toEqual({
    kind: "token",
    id,
    name: "CI",
    role: "issuer",
    license: number,
    customers: null,
  });
  const kept = await store().db.apiToken.findUniqueOrThrow({ where: { id } });
  expect(Buffer.from(kept.hash)).toHaveLength(32);
  expect(JSON.stringify(await listTokens(OWNER, { limit: 100 }))).not.toContain(token);
  expect(
    JSON.stringify(await store().db.auditEvent.findMany(), (_, v) => (typeof v === "bigint" ? 0 : v)),
  ).not.toContain(token);
});

test.each(["", "sgn_", `sgn_${"A".repeat(43)}`, "a\u0000b", "x".repeat(5000)])(
  "%j is nobody's token",
  async (text) => {
    expect(await principalOfToken(text, NOW)).toBeNull();
  },
);

test("a token ends when it expires or is revoked, once", async () => {
  const expiring = await make({}, { expires: later(1000) });
  expect(await principalOfToken(expiring.token, later(999))).not.toBeNull();
  expect(await principalOfToken(expiring.token, later(1000))).toBeNull();
  const { token, id } = await make({}, {});
  await revokeToken(OWNER, id, SYSTEM, NOW);
  expect(await principalOfToken(token, NOW)).toBeNull();
  await expect(revokeToken(OWNER, id, SYSTEM, NOW)).rejects.toMatchObject({ code: "ALREADY_REVOKED" });
});

test("the use of a token is recorded once a minute", async () => {
  const { token, id } = await make({}, {});
  const lastUsed = async (at: Date) => {
    await principalOfToken(token, at);
    return (await store().db.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt;
  };
  expect(await lastUsed(NOW)).toEqual(NOW);
  expect(await lastUsed(later(59_999))).toEqual(NOW);
  expect(await lastUsed(later(60_000))).toEqual(later(60_000));
});

const GRANTS: Record<Role, Role[]> = {
  owner: [...ROLES],
  issuer: ["issuer"],
  "license-admin": ["license-admin"],
  auditor: ["auditor"],
};
const pairs = ROLES.flatMap((maker) =>
  ROLES.map((role) => [maker, role, GRANTS[maker].includes(role)] as const),
);

test.each(pairs)("%s creates a token of %s: %s", async (maker, role, isAllowed) => {
  const { number, customer } = await makeLicense();
  const customers = maker === "license-admin" ? [customer.id] : null;
  const made = make({ role: maker, customers }, { role, license: number });
  // The gate of a license decides that an auditor can't create any.
  if (isAllowed && maker !== "auditor") expect((await made).role).toBe(role);
  else await expect(made).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a license-admin's token sees what its creator sees, or less", async () => {
  const mine = await makeLicense();
  const second = await makeLicense();
  const other = await makeLicense();
  const maker: Partial<Principal> = {
    role: "license-admin",
    customers: [mine.customer.id, second.customer.id],
  };
  const scopeOf = async (wanted: Partial<NewToken>) => {
    const { token } = await make(maker, { role: "license-admin", ...wanted });
    const found = await principalOfToken(token, NOW);
    return [found?.customers, found?.license];
  };
  expect(await scopeOf({})).toEqual([maker.customers, null]);
  expect(await scopeOf({ customers: [mine.customer.id] })).toEqual([[mine.customer.id], null]);
  expect(await scopeOf({ license: mine.number })).toEqual([maker.customers, mine.number]);
  const notFound = { code: "NOT_FOUND" };
  await expect(scopeOf({ license: other.number })).rejects.toMatchObject(notFound);
  await expect(scopeOf({ customers: [other.customer.id] })).rejects.toMatchObject(notFound);
});

test("an owner names the customers or the license of a license-admin token", async () => {
  const { number, customer } = await makeLicense();
  const scopeOf = async (wanted: Partial<NewToken>) =>
    principalOfToken((await make({}, { role: "license-admin", ...wanted })).token, NOW);
  expect(await scopeOf({ license: number })).toMatchObject({ customers: null, license: number });
  expect(await scopeOf({ customers: [customer.id] })).toMatchObject({
    customers: [customer.id],
    license: null,
  });
  await expect(scopeOf({})).rejects.toMatchObject({ code: "INVALID_BODY" });
  await expect(make({}, { customers: [customer.id] })).rejects.toMatchObject({ code: "INVALID_BODY" });
});

test("a token that is bound to a license creates tokens for it alone", async () => {
  const bound = await makeLicense();
  const other = await makeLicense();
  const maker: Partial<Principal> = { kind: "token", id: "bound", license: bound.number };
  expect((await make(maker, { role: "owner" })).license).toBe(bound.number);
  await expect(make(maker, { license: other.number })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a token ends at the latest with its creator", async () => {
  const maker = await make({}, { role: "owner", expires: later(1000) });
  const asMaker = { id: maker.id };
  expect((await make(asMaker, {})).expires).toEqual(later(1000));
  expect((await make(asMaker, { expires: later(999) })).expires).toEqual(later(999));
  await expect(make(asMaker, { expires: later(1001) })).rejects.toMatchObject({ code: "INVALID_BODY" });
  await expect(make({}, { expires: NOW })).rejects.toMatchObject({ code: "INVALID_BODY" });
});

test("a token's end also ends the tokens created with it, and theirs; a revoked one creates no more", async () => {
  const first = await make({}, { role: "owner" });
  const second = await make({ id: first.id }, { role: "owner" });
  const third = await make({ id: second.id }, {});
  const other = await make({}, {});
  await revokeToken(OWNER, first.id, SYSTEM, NOW);
  for (const { token } of [first, second, third]) expect(await principalOfToken(token, NOW)).toBeNull();
  expect(await principalOfToken(other.token, NOW)).not.toBeNull();
  await expect(make({ id: second.id }, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a person without an account, or with another role by now, creates no token", async () => {
  const id = crypto.randomUUID();
  const mine = { kind: "user", id, role: "issuer" } as const;
  await expect(make(mine, { role: "issuer" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const stamps = { createdAt: NOW, updatedAt: NOW };
  const row = { id, name: "Ina", email: `${id}@signet.example`, emailVerified: true, role: "issuer" };
  await store().db.user.create({ data: { ...row, ...stamps } });
  expect((await make(mine, { role: "issuer" })).createdBy).toBe(id);
  await store().db.user.update({ where: { id }, data: { role: "auditor" } });
  await expect(make(mine, { role: "issuer" })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("owners and auditors see every token, others their own", async () => {
  const { number, customer } = await makeLicense();
  const issuer: Principal = { ...OWNER, id: "ingrid", role: "issuer" };
  const admin: Principal = { ...OWNER, id: "leo", role: "license-admin", customers: [customer.id] };
  const auditor: Principal = { ...OWNER, id: "alma", role: "auditor" };
  const bound: Principal = { ...OWNER, kind: "token", id: "b", license: number };
  const { id } = await make(issuer, { role: "issuer" });
  const sees = async (principal: Principal) =>
    (await listTokens(principal, { limit: 200 })).items.some((token) => token.id === id);
  expect(await Promise.all([OWNER, auditor, issuer, admin, bound].map(sees))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  await expect(revokeToken(admin, id, SYSTEM, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await revokeToken(issuer, id, SYSTEM, NOW);
});

test("tokens come in pages, newest first", async () => {
  const whole = (await listTokens(OWNER, { limit: 200 })).items.map(({ id }) => id);
  const first = await listTokens(OWNER, { limit: 2 });
  const second = await listTokens(OWNER, { limit: 2, cursor: first.cursor ?? "" });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(whole.slice(0, 4));
});
