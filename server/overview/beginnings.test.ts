import { expect, test } from "vitest";
import { NEVER_CALLED } from "@/domain/contact-days";
import { SYSTEM } from "@/server/access/actor";
import { activate } from "@/server/deployments/activations";
import { createCustomer, createSampleCustomers } from "@/server/licenses/customers";
import { copyLicense } from "@/server/licenses/license-copies";
import { createLicense } from "@/server/licenses/licenses";
import { store } from "@/server/store/store";
import { keyOf } from "@/server/testing/test-callers";
import { NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { makePerson } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import { beginnings } from "./beginnings";

useStore();

const NOTHING = { hasSafeOwner: false, customer: null, license: null, key: null, hasActivated: false };
const bought = { product: "QSEfW", allotments: [seats("analyzer", 3)] };

test("an owner counts with a second factor, or without a password", async () => {
  expect(await beginnings(OWNER)).toEqual(NOTHING);
  const { id } = await makePerson("owner");
  const isSafe = async () => (await beginnings(OWNER))?.hasSafeOwner;
  expect(await isSafe()).toBe(false);
  await store().db.user.update({ where: { id }, data: { twoFactorEnabled: true } });
  expect(await isSafe()).toBe(true);
  await store().db.user.update({ where: { id }, data: { twoFactorEnabled: false } });
  await store().db.account.deleteMany({ where: { userId: id } });
  expect(await isSafe()).toBe(true);
  await store().db.user.update({ where: { id }, data: { role: "issuer" } });
  expect(await isSafe()).toBe(false);
});

test("sample data and copies don't count", async () => {
  await createSampleCustomers(["Nordlicht"], SYSTEM, NOW);
  const { number } = await createLicense({ ...bought, customer: "Nordlicht" }, SYSTEM, NOW);
  await activate((await keyOf(number))({ source: "hamburg" }), "Initial", NOW);
  await copyLicense(number, { kind: "user", id: "ana" }, NOW);
  expect(await beginnings(OWNER)).toEqual(NOTHING);
});

test("each step is seen once it is done, by people who see the whole installation", async () => {
  const { id } = await createCustomer("Acme", SYSTEM, NOW);
  expect(await beginnings(OWNER)).toEqual({ ...NOTHING, customer: id });
  const { number } = await createLicense({ ...bought, customer: id, products: ["QV"] }, SYSTEM, NOW);
  expect(await beginnings(OWNER)).toEqual({ ...NOTHING, customer: id, license: number });
  const call = (await keyOf(number))({ source: "warsaw", product: "QV" });
  const key = { jti: call.key.jti, license: number, product: "QV" };
  expect(await beginnings(OWNER)).toEqual({ ...NOTHING, customer: id, license: number, key });
  const uploaded = { firstSeen: NOW, lastSeen: NOW, lastUpload: NOW, contacts: NEVER_CALLED };
  await store().db.deployment.create({
    data: { license: number, source: "vault", jti: call.key.jti, ...uploaded },
  });
  expect(await beginnings(OWNER)).toMatchObject({ key, hasActivated: false });
  await activate(call, "Initial", NOW);
  expect(await beginnings(OWNER)).toMatchObject({ key, hasActivated: true });
  expect(await beginnings({ ...OWNER, role: "license-admin", customers: [id] })).toBeNull();
  expect(await beginnings({ ...OWNER, license: number })).toBeNull();
});
