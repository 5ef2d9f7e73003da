import { compactVerify } from "jose";
import { describe, expect, test } from "vitest";
import { DAY } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import { publicKeyOf, rotateSigningKey, withdrawSigningKey } from "@/server/keys/signing-keys";
import type { License } from "@/server/licenses/license";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { beginEpoch } from "@/server/restores/restores";
import { store } from "@/server/store/store";
import { CALLERS_BY_REFUSAL, keyOf, licenseWithKey, type TestCaller } from "@/server/testing/test-callers";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { activate, readDefinition, readPortableDefinition } from "./activations";

useStore();

const later = (ms: number) => new Date(NOW.getTime() + ms);
const deploymentsOf = (license: string) => store().db.deployment.findMany({ where: { license } });

test("an activation returns a product's entitlements, and is in the audit", async () => {
  const parameters = [
    { name: "geo", valid: "" },
    { name: "geo", valid: "", products: ["QCS"] },
  ];
  const allotments = [seats("analyzer", 3), { ...seats("professional", 2), products: ["QCS"] }];
  const license = await licenseWithKey({ allotments, parameters, products: ["QSEfW", "QCS"] });
  const { number, definition, version, call } = license;
  const caller = call();
  const reply = await activate(caller, "Initial", NOW);
  expect(reply).toMatchObject({
    ...{ license: number, version, status: "active", refreshAfter: 86_400, syncEvery: 600 },
    definition: { ...definition, allotments: allotments.slice(0, 1), parameters: parameters.slice(0, 1) },
    settings: { autoAssignProfessional: false, autoAssignAnalyzer: false, subjectMatching: "folded" },
    ...{ serverTime: NOW.toISOString(), latestValidTime: later(14 * DAY).toISOString() },
    epoch: expect.stringMatching(/^[0-9a-f]{12}-[0-9a-f]{8}$/),
  });
  expect(await activate(call({ product: "QCS" }), "Update", NOW)).toMatchObject({ definition });
  const events = await store().db.auditEvent.findMany({
    where: { chain: number, action: "deployment.activated" },
  });
  expect(events.map(({ actor, object }) => [actor, object])).toContainEqual([caller.key.jti, caller.source]);
  expect(events).toHaveLength(2);
});

test("the signed definition of a reply verifies, and has the same content until the lease ends", async () => {
  const { number, version, definition, call } = await licenseWithKey({ valid: "./2026-08-31" });
  const { sld } = await activate(call(), "Initial", NOW);
  const { signedDef } = JSON.parse(Buffer.from(sld, "base64").toString());
  expect(JSON.parse(Buffer.from(signedDef.definition, "base64").toString())).toEqual(definition);
  const { kid } = call().key;
  const publicKey = await publicKeyOf(kid);
  if (!publicKey) throw new Error("The signing key is not there.");
  const { protectedHeader, payload } = await compactVerify(signedDef.jws, publicKey);
  expect(protectedHeader).toEqual({ alg: "RS512", typ: "license-definition+jwt", kid });
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
  expect(JSON.parse(Buffer.from(payload).toString())).toEqual({
    ...{ license: number, version, definition, aud: "QSEfW", iat: seconds(NOW) },
    exp: seconds(later(14 * DAY)),
  });
});

describe("the etag", () => {
  const etagOf = async (caller: TestCaller, now = NOW) => (await readDefinition(caller, now)).etag;
  const make = () => licenseWithKey({ products: ["QSEfW", "QCS"], valid: "./2026-12-31" });

  test("stays the same while nothing changes, for every deployment and key of the license", async () => {
    const { number, call } = await make();
    const etag = await etagOf(call());
    expect(await etagOf(call(), later(DAY))).toBe(etag);
    expect(await etagOf((await keyOf(number))())).toBe(etag);
    await changeLicense(number, { settings: { leaseDays: 14 }, status: "active" }, null, SYSTEM, later(DAY));
    expect(await etagOf(call(), later(DAY))).toBe(etag);
  });

  const change = (what: Parameters<typeof changeLicense>[1]) => (license: License) =>
    changeLicense(license.number, what, null, SYSTEM, NOW);
  const changes: [string, (license: License) => Promise<unknown>][] = [
    ["the version", change({ valid: "./2027-12-31" })],
    ["auto-assign for professionals", change({ settings: { autoAssignProfessional: true } })],
    ["auto-assign for analyzers", change({ settings: { autoAssignAnalyzer: true } })],
    ["how subjects are told apart", change({ settings: { subjectMatching: "exact" } })],
    ["the products", change({ products: ["QSEfW"] })],
    ["the active signing key", () => rotateSigningKey(SYSTEM, NOW)],
    ["the epoch", () => beginEpoch(new Date())],
  ];
  test.each(changes)("changes with %s", async (_, apply) => {
    const license = await make();
    const etag = await etagOf(license.call());
    await apply(license);
    expect(await etagOf(license.call())).not.toBe(etag);
  });

  test("changes with the status as time passes", async () => {
    const { call } = await make();
    const dates = ["2026-08-24", "2026-12-03", "2027-01-01", "2027-01-15"];
    const etags = await Promise.all(dates.map((day) => etagOf(call(), new Date(`${day}T00:00:00Z`))));
    expect(new Set(etags).size).toBe(4);
  });

  test("differs by product, because the definition does", async () => {
    const { call } = await make();
    expect(await etagOf(call({ product: "QCS" }))).not.toBe(await etagOf(call()));
  });

  test("a new definition gives a new reply, and going back gives the first version again", async () => {
    const { number, version, definition, call } = await make();
    const etag = await etagOf(call());
    const put = (allotments: typeof definition.allotments) =>
      putDefinition(number, { ...definition, allotments }, null, false, SYSTEM, NOW);
    await put([minutes("analyzer_time", 5)]);
    const { reply } = await readDefinition(call(), NOW);
    expect((await reply()).definition.allotments).toEqual([minutes("analyzer_time", 5)]);
    await put(definition.allotments);
    expect(await (await readDefinition(call(), NOW)).reply()).toMatchObject({ version });
    expect(await etagOf(call())).toBe(etag);
  });
});

test("each call renews the lease, never beyond the end of validity and its grace days", async () => {
  const settings = { leaseDays: 30, graceDays: 5 };
  const { call } = await licenseWithKey({ valid: "./2026-09-30", settings });
  const until = async (day: string) => {
    const { validUntil, reply } = await readDefinition(call(), new Date(`${day}T06:00:00Z`));
    expect((await reply()).latestValidTime).toBe(validUntil.toISOString());
    return [validUntil.toISOString(), (await reply()).status];
  };
  expect(await until("2026-08-24")).toEqual(["2026-09-23T06:00:00.000Z", "active"]);
  expect(await until("2026-09-10")).toEqual(["2026-10-06T00:00:00.000Z", "expiring"]);
  expect(await until("2026-10-05")).toEqual(["2026-10-06T00:00:00.000Z", "grace"]);
  expect(await until("2026-10-06")).toEqual(["2026-10-06T00:00:00.000Z", "expired"]);
});

describe("a refused caller", () => {
  test.each(CALLERS_BY_REFUSAL)("for %s learns nothing and leaves nothing", async (code, spoil) => {
    const { number, call } = await licenseWithKey();
    const caller = call();
    await spoil(caller);
    const audited = await store().db.auditEvent.count({ where: { chain: number } });
    await expect(activate(caller, "Initial", NOW)).rejects.toMatchObject({ code });
    await expect(readDefinition(caller, NOW)).rejects.toMatchObject({ code });
    await expect(readPortableDefinition(caller, NOW)).rejects.toMatchObject({ code });
    expect(await deploymentsOf(number)).toEqual([]);
    expect(await store().db.auditEvent.count({ where: { chain: number } })).toBe(audited);
  });

  test("because its signing key was withdrawn proves nothing; a retired one continues", async () => {
    const { number, call } = await licenseWithKey();
    const caller = call();
    await rotateSigningKey(SYSTEM, NOW);
    await activate(caller, "Update", NOW);
    await withdrawSigningKey(caller.key.kid, false, SYSTEM, NOW);
    await expect(activate(caller, "Update", NOW)).rejects.toMatchObject({ code: "INVALID_KEY" });
    await activate((await keyOf(number))(), "Update", NOW);
  });

  test("is refused for its product only if it names one", async () => {
    const { call } = await licenseWithKey();
    expect(await (await readDefinition(call({ product: null }), NOW)).reply()).toMatchObject({
      status: "active",
    });
  });
});
