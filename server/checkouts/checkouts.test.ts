import { randomUUID } from "node:crypto";
import { compactVerify } from "jose";
import { expect, test } from "vitest";
import { DAY } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import { activate, readPortableDefinition } from "@/server/deployments/activations";
import { offerDualUse } from "@/server/dual-use/dual-use-offers";
import { acceptDualUse, listDualUseRequests, withdrawDualUse } from "@/server/dual-use/dual-use-requests";
import { publicKeyOf, rotateSigningKey, withdrawSigningKey } from "@/server/keys/signing-keys";
import { changeLicense } from "@/server/licenses/license-changes";
import { store } from "@/server/store/store";
import { keyOf, licenseWithKey } from "@/server/testing/test-callers";
import { decoded, issue } from "@/server/testing/test-checkouts";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { downloadCheckout, findCheckout, listCheckouts, returnCheckout } from "./checkouts";
import { checkoutLogKey, offlineSalt } from "./offline-secrets";

useStore();

const later = (ms: number) => new Date(NOW.getTime() + ms);
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
const allotments = [seats("professional", 10), minutes("capacity", 100)];

test("a signed definition verifies, has a type of its own, and has the keys for its logs", async () => {
  const { number, version, definition } = await licenseWithKey({ allotments });
  const { id, sld, expires } = await issue(number, { source: "mill-1", label: "Mill 1" });
  const { jws, header, claims, definition: beside } = decoded(sld);
  const publicKey = await publicKeyOf(header.kid);
  if (!publicKey) throw new Error("The signing key is not there.");
  await compactVerify(jws, publicKey);
  expect(header).toEqual({ alg: "RS512", typ: "license-offline+jwt", kid: expect.any(String) });
  expect(expires).toEqual(later(90 * DAY));
  expect(claims).toEqual({
    ...{ jti: id, license: number, version, definition, aud: "QSEfW", source: "mill-1" },
    salt: (await offlineSalt(number)).toString("hex"),
    logKey: (await checkoutLogKey(number, id)).toString("hex"),
    settings: { autoAssignProfessional: false, autoAssignAnalyzer: false, subjectMatching: "folded" },
    ...{ iat: seconds(NOW), exp: seconds(expires) },
  });
  expect(beside).toEqual(definition);
  expect((await listCheckouts(number, { limit: 100 }, NOW)).items).toEqual([
    expect.objectContaining({ id, product: "QSEfW", version, label: "Mill 1", state: "out", expires }),
  ]);
  expect(await findCheckout(number, id, NOW)).toMatchObject({ id, source: "mill-1" });
  expect(await findCheckout("9999000000000000", id, NOW)).toBeNull();
});

test("the salt belongs to a license, the log key to a checkout", async () => {
  const [one, other] = [await licenseWithKey(), await licenseWithKey()];
  const ids = [randomUUID(), randomUUID()];
  const logKeys = await Promise.all(ids.map((id) => checkoutLogKey(one.number, id)));
  const all = [await offlineSalt(one.number), await offlineSalt(other.number), ...logKeys];
  expect(new Set(all.map((key) => key.toString("hex"))).size).toBe(4);
  expect(all.map(({ length }) => length)).toEqual([32, 32, 32, 32]);
  expect(await offlineSalt(one.number)).toEqual(all[0]);
});

test("a product that asks again within a day gets the same file, and another one if something differs", async () => {
  const { number, call } = await licenseWithKey({ allotments, products: ["QSEfW", "QV"] });
  const caller = call({ source: "mill-1" });
  const first = await readPortableDefinition(caller, NOW);
  expect(await readPortableDefinition(caller, later(DAY - 1))).toEqual(first);
  expect((await listCheckouts(number, { limit: 100 }, NOW)).items).toHaveLength(1);
  const others = [
    [call({ source: "mill-2" }), NOW],
    [call({ source: "mill-1", product: "QV" }), NOW],
    [(await keyOf(number))({ source: "mill-1" }), NOW],
    [caller, later(DAY)],
  ] as const;
  for (const [who, at] of others) expect(await readPortableDefinition(who, at)).not.toEqual(first);
  await changeLicense(number, { valid: "./2027-12-31" }, null, SYSTEM, NOW);
  expect(await readPortableDefinition(caller, NOW)).not.toEqual(first);
  expect((await listCheckouts(number, { limit: 100 }, NOW)).items).toHaveLength(6);
});

test("a return or a withdrawn signing key ends the repetition", async () => {
  const { number, call } = await licenseWithKey();
  const caller = call();
  const first = await readPortableDefinition(caller, NOW);
  const [checkout] = (await listCheckouts(number, { limit: 100 }, NOW)).items;
  await returnCheckout(checkout?.id ?? "", "site closed", SYSTEM, NOW);
  const second = await readPortableDefinition(caller, NOW);
  expect(second).not.toEqual(first);
  const { kid } = decoded(second.sld).header;
  await rotateSigningKey(SYSTEM, NOW);
  expect(await readPortableDefinition(caller, NOW)).toEqual(second);
  await withdrawSigningKey(kid, false, SYSTEM, NOW);
  const withdrawn = (await listCheckouts(number, { limit: 100 }, NOW)).items.find(
    ({ state }) => state === "out",
  );
  await expect(downloadCheckout(withdrawn?.id ?? "", SYSTEM, NOW)).rejects.toMatchObject({
    code: "KEY_WITHDRAWN",
  });
});

test("another download returns the same bytes, even after the license changed", async () => {
  const { number } = await licenseWithKey({ allotments });
  const { id, sld } = await issue(number);
  await rotateSigningKey(SYSTEM, NOW);
  await changeLicense(number, { valid: "./2026-09-30", settings: { offlineDays: 3 } }, null, SYSTEM, NOW);
  expect((await downloadCheckout(id, SYSTEM, later(89 * DAY))).sld).toBe(sld);
  await expect(downloadCheckout(id, SYSTEM, later(90 * DAY))).rejects.toMatchObject({
    code: "CHECKOUT_OVER",
  });
  const actions = await store().db.auditEvent.findMany({ where: { chain: number, object: id } });
  expect(actions.map(({ action }) => action).sort()).toEqual(["checkout.downloaded", "checkout.issued"]);
});

test.each([
  ["no end of validity", "", {}, undefined, 90 * DAY],
  ["fewer days are wanted", "", {}, 7, 7 * DAY],
  ["the license's own days", "", { offlineDays: 365 }, undefined, 365 * DAY],
  ["the end of validity with its grace days", "./2026-08-31", { graceDays: 3 }, undefined, 10.58333 * DAY],
] as const)("a file ends: %s", async (_, valid, settings, days, lasts) => {
  const { number } = await licenseWithKey({ valid, settings });
  const { expires } = await issue(number, { days });
  expect((expires.getTime() - NOW.getTime()) / DAY).toBeCloseTo(lasts / DAY, 4);
});

test("a returned file no longer counts, and can be returned once", async () => {
  const { number } = await licenseWithKey({ settings: { maxCheckouts: 1 } });
  const { id } = await issue(number);
  await expect(issue(number)).rejects.toMatchObject({ code: "TOO_MANY_CHECKOUTS" });
  await returnCheckout(id, "back", SYSTEM, NOW);
  await expect(returnCheckout(id, "", SYSTEM, NOW)).rejects.toMatchObject({ code: "CHECKOUT_OVER" });
  const second = await issue(number, { days: 1 });
  await expect(issue(number, {}, later(DAY - 1))).rejects.toMatchObject({ code: "TOO_MANY_CHECKOUTS" });
  await issue(number, {}, later(DAY));
  const states = new Map(
    (await listCheckouts(number, { limit: 100 }, later(DAY))).items.map((row) => [row.id, row.state]),
  );
  expect([states.get(id), states.get(second.id), states.size]).toEqual(["returned", "expired", 3]);
});

test("no more than the limit are out, however many requests come at once", async () => {
  const { number } = await licenseWithKey({ settings: { maxCheckouts: 3 } });
  const asked = await Promise.allSettled(Array.from({ length: 8 }, () => issue(number)));
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  expect((await listCheckouts(number, { limit: 100 }, NOW)).items).toHaveLength(3);
});

test.each([
  ["PRODUCT_NOT_LICENSED", { product: "QV" }, {}],
  ["INVALID_BODY", { days: 91 }, {}],
  ["LICENSE_REVOKED", {}, { status: "revoked" }],
  ["LICENSE_SUSPENDED", {}, { status: "suspended" }],
  ["LICENSE_NOT_VALID", {}, { valid: "./2026-08-01" }],
  ["TOO_MANY_CHECKOUTS", {}, { settings: { maxCheckouts: 0 } }],
] as const)("%s refuses it, and nothing is written", async (code, wanted, change) => {
  const { number } = await licenseWithKey();
  await changeLicense(number, change, null, SYSTEM, NOW);
  await expect(issue(number, wanted)).rejects.toMatchObject({ code });
  expect((await listCheckouts(number, { limit: 100 }, NOW)).items).toEqual([]);
});

test("a deployment that was accepted for dual use gets files for its product, no other source does", async () => {
  const { number, call } = await licenseWithKey({
    allotments: [{ ...seats("viewer", 2), products: ["QV"] }],
  });
  const caller = call({ product: "QV", source: "qv-1" });
  const wanted = { product: "QV", source: "qv-1" };
  const refused = { code: "PRODUCT_NOT_LICENSED" };
  await offerDualUse(number, { products: ["QV"], deployments: null, until: null, note: "" }, SYSTEM, NOW);
  await expect(activate(caller, "Initial", NOW)).rejects.toMatchObject({ code: "DUAL_USE_REQUIRED" });
  await expect(issue(number, wanted)).rejects.toMatchObject(refused);
  const [request] = (await listDualUseRequests(number, { limit: 100 })).items;
  await acceptDualUse(number, request?.id ?? "", SYSTEM, NOW);
  const { claims } = decoded((await issue(number, wanted)).sld);
  expect(claims).toMatchObject({
    aud: "QV",
    source: "qv-1",
    definition: { allotments: [{ name: "viewer" }] },
  });
  expect(decoded((await readPortableDefinition(caller, NOW)).sld).claims).toMatchObject({ aud: "QV" });
  for (const source of ["qv-2", null])
    await expect(issue(number, { product: "QV", source })).rejects.toMatchObject({
      ...refused,
      detail: expect.stringContaining("Enter the source of an accepted deployment"),
    });
  await withdrawDualUse(number, request?.id ?? "", SYSTEM, NOW);
  await expect(issue(number, wanted)).rejects.toMatchObject(refused);
});
