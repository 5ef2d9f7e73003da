import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { activate } from "@/server/deployments/activations";
import { offerDualUse } from "@/server/dual-use/dual-use-offers";
import { issueLicenseKey, revokeLicenseKey } from "@/server/keys/license-keys";
import { rotateSigningKey } from "@/server/keys/signing-keys";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { store } from "@/server/store/store";
import { eventsOf } from "@/server/testing/test-events";
import { makeLicense, minutes, NOW, seats } from "@/server/testing/test-licenses";
import { reportOne } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { deletion, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";

useStore();

const typesOf = async (license: string | null) => (await eventsOf(license)).map(({ type }) => type);

test("a new license and a saved definition make an event with the dates of its validity", async () => {
  const { number, definition } = await makeLicense({ valid: "2026-01-01/2026-12-31", trial: true });
  await putDefinition(number, { ...definition, valid: "", trial: false }, null, false, SYSTEM, NOW);
  await putDefinition(number, { ...definition, valid: "", trial: false }, null, false, SYSTEM, NOW);
  const facts = { license: number, parentLicense: null, capabilityBankId: null, product: "QSEfE" };
  expect(await eventsOf(number)).toMatchObject([
    {
      type: "definition.updated",
      time: NOW,
      data: {
        ...facts,
        valid: { Start: "2026-01-01T00:00:00.000Z", Stop: "2027-01-01T00:00:00.000Z" },
        ...{ changeTime: NOW.toISOString(), updateTime: NOW.toISOString(), licenseType: "trial" },
        latestValidTime: "2027-01-15T00:00:00.000Z",
      },
    },
    {
      type: "definition.updated",
      data: { ...facts, valid: { Start: null, Stop: null }, licenseType: "standard", latestValidTime: null },
    },
  ]);
});

test("keys, checkouts, and the end of a license's service make events; a license that goes on makes none", async () => {
  const { number } = await makeLicense();
  const { jti, kid } = await issueLicenseKey(number, "Berlin", SYSTEM, NOW);
  await revokeLicenseKey(jti, "leaked", SYSTEM, NOW);
  const { id } = await issueCheckout(number, { product: "QSEfE", label: "Site" }, SYSTEM, NOW);
  for (const status of ["suspended", "active"] as const)
    await changeLicense(number, { status }, null, SYSTEM, NOW);
  await changeLicense(number, { settings: { leaseDays: 3 } }, null, SYSTEM, NOW);
  const [, ...events] = await eventsOf(number);
  expect(events.map(({ type, data }) => ({ type, data }))).toMatchObject([
    { type: "key.issued", data: { license: number, jti, kid, label: "Berlin" } },
    { type: "key.revoked", data: { license: number, jti, reason: "leaked" } },
    { type: "checkout.made", data: { license: number, checkout: id, product: "QSEfE", label: "Site" } },
    { type: "suspended", data: { license: number, status: "suspended" } },
  ]);
});

test("a new signing key is an event of the installation", async () => {
  const { kid } = await rotateSigningKey(SYSTEM, NOW);
  expect(await eventsOf(null)).toMatchObject([{ type: "signing-key.rotated", data: { kid } }]);
});

test("a deployment is seen first once, by whichever call it makes first, and each activation is an event", async () => {
  const { number, call } = await deploymentOf([minutes("analyzer_time", 100)]);
  const [reporting, syncing, activating] = [call(), call(), call({ product: "QSEfW", version: "2.0.0" })];
  await Promise.all([1, 2, 3].map((n) => reportOne(reporting, 6, { sequence: n })));
  await sync(syncing);
  await activate(activating, "Initial", NOW);
  await activate(reporting, "Update", NOW);
  const events = await eventsOf(number);
  const seen = events.filter(({ type }) => type === "deployment.first-seen").map(({ data }) => data);
  expect(seen).toHaveLength(3);
  expect(seen).toContainEqual({
    ...{ license: number, source: activating.source, jti: activating.key.jti },
    ...{ product: "QSEfW", version: "2.0.0", os: "windows" },
  });
  expect(new Set(seen.map(({ source }) => source))).toEqual(
    new Set([reporting, syncing, activating].map(({ source }) => source)),
  );
  expect(events.filter(({ type }) => type === "activation").map(({ data }) => data)).toMatchObject([
    { license: number, source: activating.source, cause: "Initial", version: "2.0.0" },
    { license: number, source: reporting.source, cause: "Update" },
  ]);
});

test("assignments of deployments and of admins make events, each with its origin; a repeat makes none", async () => {
  const { number, caller } = await deploymentOf([seats("analyzer", 2)]);
  const bob = patchFor(number, "acme\\bob");
  const [added] = (await sync(caller, [bob])).patches;
  await sync(caller, [bob]);
  await assignSeats({ license: number, actor: SYSTEM, now: NOW }, ["acme\\zoe"], "analyzer");
  await sync(caller, added ? [deletion(added)] : []);
  const data = { type: "analyzer", license: number };
  const found = (await eventsOf(number)).filter(({ type }) => type.startsWith("assignment."));
  expect(found.map((event) => ({ type: event.type, data: event.data }))).toMatchObject([
    {
      type: "assignment.updated",
      data: { ...data, origin: "external", instance: added?.instance, source: caller.source, auto: false },
    },
    { type: "assignment.updated", data: { ...data, origin: "internal", source: "admin" } },
    { type: "assignment.deleted", data: { ...data, instance: added?.instance } },
  ]);
});

test("a rejection is an event the first time, with its reason", async () => {
  const { number, caller } = await deploymentOf([seats("analyzer", 1)]);
  await sync(caller, [patchFor(number, "acme\\ann"), patchFor(number, "acme\\bob")]);
  await sync(caller, [patchFor(number, "acme\\bob", { created: "2026-08-24T10:00:01Z" })]);
  const rejected = (await eventsOf(number)).filter(({ type }) => type === "assignment.rejected");
  expect(rejected.map(({ data }) => data)).toEqual([
    {
      ...{ type: "analyzer", origin: "external", license: number, source: caller.source },
      ...{ code: "NO_AVAILABLE_UNITS", message: expect.stringContaining("assigned") },
    },
  ]);
});

test("a suspicion is an event when it arises, and not when it is confirmed", async () => {
  const { number, caller, call } = await deploymentOf();
  const base = { license: number, version: 99 };
  await Promise.all([sync(caller, [], { base }), sync(caller, [], { base })]);
  await sync(caller, [], { base, now: new Date(NOW.getTime() + 2 * 3_600_000) });
  await sync(call(), [], { base });
  const found = (await eventsOf(number)).filter(({ type }) => type === "deployment.clone-suspected");
  expect(found).toHaveLength(2);
  expect(found.map(({ data }) => data)).toContainEqual(
    expect.objectContaining({ license: number, source: caller.source, code: "base-ahead", sent: 99 }),
  );
});

test("a request for dual use is an event once", async () => {
  const { number, call } = await deploymentOf();
  await offerDualUse(number, { products: ["QV"], deployments: null, until: null, note: "" }, SYSTEM, NOW);
  const caller = call({ product: "QV" });
  for (const _ of [1, 2]) await activate(caller, "Initial", NOW).catch(() => {});
  expect((await typesOf(number)).filter((type) => type === "dual-use.requested")).toHaveLength(1);
});

test("neither the outbox nor the events have a subject in clear", async () => {
  const { number, add, caller } = await deploymentOf([seats("analyzer", 1)]);
  const [ann] = await add("acme\\canary-ann", "acme\\canary-bob");
  await sync(caller, ann ? [deletion(ann)] : []);
  const texts = async (table: string) =>
    (await store().db.$queryRawUnsafe<{ text: string; subject: unknown }[]>(
      `SELECT concat_ws(' ', data::text, encode(subject, 'escape')) AS text, subject FROM ${table} WHERE license = '${number}' AND type LIKE 'assignment.%'`,
    )) ?? [];
  const waiting = await texts("event_outbox");
  await eventsOf(number);
  const numbered = await texts("event");
  expect(waiting).toHaveLength(3);
  expect(numbered).toHaveLength(3);
  for (const { text, subject } of [...waiting, ...numbered]) {
    expect(text).not.toContain("canary");
    expect(subject).not.toBeNull();
  }
});
