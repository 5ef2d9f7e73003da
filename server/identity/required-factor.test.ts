import { afterEach, expect, test } from "vitest";
import type { Role } from "@/domain/roles";
import { SYSTEM } from "@/server/access/actor";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { recordedActions } from "@/server/testing/test-audit";
import { OWNER } from "@/server/testing/test-licenses";
import { makePerson } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import {
  factorTag,
  lacksFactor,
  peopleWithoutFactor,
  requireFactor,
  rolesWithFactor,
} from "./required-factor";
import { createToken, principalOfToken } from "./tokens";

useStore();
afterEach(() => store().db.installation.updateMany({ data: { secondFactorRoles: [] } }));

const NOW = new Date("2026-03-01T10:00:00Z");

async function made(role: Role, data: object = {}) {
  const { id } = await makePerson(role);
  return store().db.user.update({ where: { id }, data });
}

async function require(
  roles: Role[],
  self: { id: string; role?: string | null },
  seen: string | null = null,
) {
  await requireFactor(roles, { id: self.id, role: "owner" }, seen, SYSTEM, NOW);
}

test("nobody needs a second factor until an owner requires it of a role", async () => {
  const owner = await made("owner");
  const [issuer, auditor] = [await made("issuer"), await made("auditor")];
  expect(await lacksFactor(issuer)).toBe(false);
  await require(["issuer"], owner);
  expect([await lacksFactor(issuer), await lacksFactor(auditor)]).toEqual([true, false]);
  expect(await lacksFactor({ ...issuer, twoFactorEnabled: true })).toBe(false);
  expect(await recordedActions(INSTALLATION)).toContain("installation.second-factor-required");
});

test("people who sign in through an identity provider alone, and API tokens, are not affected", async () => {
  const owner = await made("owner");
  const issuer = await made("issuer");
  await store().db.account.updateMany({ where: { userId: issuer.id }, data: { providerId: "oidc" } });
  await require(["issuer"], owner);
  expect(await lacksFactor(issuer)).toBe(false);
  const { token } = await createToken(OWNER, { name: "sync", role: "issuer" }, SYSTEM, NOW);
  expect(await principalOfToken(token, NOW)).toMatchObject({ role: "issuer" });
});

test("an owner without a second factor can't require it of owners", async () => {
  const owner = await made("owner");
  await expect(require(["owner", "issuer"], owner)).rejects.toMatchObject({
    code: "INVALID_BODY",
    faults: [{ pointer: "/roles" }],
  });
  expect(await rolesWithFactor()).toEqual([]);
  await require(["issuer", "owner"], await made("owner", { twoFactorEnabled: true }));
  expect(await rolesWithFactor()).toEqual(["owner", "issuer"]);
});

test("the requirement is changed by the tag that was seen, and only a change is recorded", async () => {
  const owner = await made("owner");
  await require(["auditor"], owner, factorTag([]));
  await expect(require(["issuer"], owner, factorTag([]))).rejects.toMatchObject({ code: "VERSION_MISMATCH" });
  const before = (await recordedActions(INSTALLATION)).length;
  await require(["auditor"], owner, factorTag(["auditor"]));
  expect(await recordedActions(INSTALLATION)).toHaveLength(before);
});

test("people without a second factor are counted by role; removed ones and those without a password aren't", async () => {
  const before = await peopleWithoutFactor();
  await made("auditor");
  await made("auditor", { twoFactorEnabled: true });
  await made("auditor", { removedAt: NOW });
  const elsewhere = await made("auditor");
  await store().db.account.updateMany({ where: { userId: elsewhere.id }, data: { providerId: "oidc" } });
  expect(await peopleWithoutFactor()).toEqual({ ...before, auditor: before.auditor + 1 });
});
