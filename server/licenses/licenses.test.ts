import { expect, test } from "vitest";
import type { Definition } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { store } from "@/server/store/store";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { createCustomer, listCustomers, renameCustomer } from "./customers";
import { erasOf } from "./definitions";
import type { License } from "./license";
import { changeLicense } from "./license-changes";
import { putDefinition } from "./license-definitions";
import { listLicenses } from "./license-list";
import { licenseTag } from "./license-tag";
import { licenseByNumber } from "./licenses";

useStore();

let made = 0;
/** Numbers that are in order of creation only by chance. */
const numbered = () => `5${String((++made * 7919) % 1e6).padStart(15, "0")}`;

const put = (
  license: License,
  definition: Definition,
  { version = license.version as string | null, dryRun = false } = {},
) => putDefinition(license.number, definition, version, dryRun, SYSTEM, NOW);

const setLive = (number: string, key: string, live: number) =>
  store().db.allotment.update({
    where: { licenseNumber_key: { licenseNumber: number, key } },
    data: { live },
  });

const actionsOf = async (chain: string) =>
  (await store().db.auditEvent.findMany({ where: { chain }, orderBy: { sequence: "asc" } })).map(
    ({ action }) => action,
  );

test("a license comes with number, log head, definition, allotments and data keys", async () => {
  const license = await makeLicense({
    allotments: [seats("Professional", 2), minutes("analyzer_time", 100)],
  });
  const { number } = license;
  expect(number).toMatch(/^[1-9][0-9]{15}$/);
  expect(license).toMatchObject({ status: "active", standing: "active", products: ["QSEfE"], trial: false });
  expect(license.settings).toEqual({
    autoAssignProfessional: false,
    autoAssignAnalyzer: false,
    subjectMatching: "folded",
    leaseDays: 14,
    graceDays: 14,
    offlineDays: 90,
    maxCheckouts: null,
    sessionNames: false,
    whenOffline: "optimistic",
    leaseHours: 12,
  });
  expect(
    await store().db.allotment.findMany({ where: { licenseNumber: number }, orderBy: { key: "asc" } }),
  ).toMatchObject([
    { key: "analyzer_time", class: "time", live: 0 },
    { key: "professional", name: "Professional", class: "assigned" },
  ]);
  expect(await store().db.dataKey.count({ where: { scope: number } })).toBe(2);
  expect(await licenseByNumber(number, NOW)).toEqual(license);
  expect(await actionsOf(number)).toEqual(["license.created"]);
});

test("a number is given once, even if two ask for it at once", async () => {
  const number = "1234567890123456";
  const both = await Promise.allSettled([makeLicense({ number }), makeLicense({ number })]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "NUMBER_TAKEN" },
  });
});

test("a definition that contradicts itself is refused with its fields, and nothing is left", async () => {
  const number = "7777000000000001";
  const twice = makeLicense({
    number,
    customer: "Nobody AG",
    allotments: [seats("a", 1, "2026-13-01/."), seats("A", 1)],
  });
  await expect(twice).rejects.toMatchObject({
    code: "INVALID_BODY",
    faults: [{ pointer: "/allotments/0/units/0/valid" }, { pointer: "/allotments/1/name" }],
  });
  expect(await store().db.roster.findUnique({ where: { license: number } })).toBeNull();
  expect((await listCustomers(OWNER, { query: "nobody", limit: 10 })).items).toEqual([]);
});

test("a customer is found by name in any case, or by id", async () => {
  const first = await makeLicense({ customer: "Straße & Söhne" });
  const second = await makeLicense({ customer: " STRASSE & SÖHNE" });
  const third = await makeLicense({ customer: first.customer.id });
  expect(second.customer.id).toBe(first.customer.id);
  expect(third.customer.id).toBe(first.customer.id);
  await expect(makeLicense({ customer: crypto.randomUUID() })).rejects.toMatchObject({
    code: "INVALID_BODY",
  });
  await expect(createCustomer("strasse & söhne", SYSTEM, NOW)).rejects.toMatchObject({ code: "NAME_TAKEN" });
  const other = await createCustomer("Other 100%_\\", SYSTEM, NOW);
  await expect(renameCustomer(other.id, "Strasse & söhne", SYSTEM, NOW)).rejects.toMatchObject({
    code: "NAME_TAKEN",
  });
  expect(await renameCustomer(other.id, "OTHER 100%_\\", SYSTEM, NOW)).toMatchObject({
    name: "OTHER 100%_\\",
  });
  const found = async (query: string) => (await listCustomers(OWNER, { query, limit: 10 })).items.length;
  expect(await Promise.all(["0%_\\", "1_0", "strasse"].map(found))).toEqual([1, 0, 1]);
});

test("a definition is put in force once, and its effect is known before and after", async () => {
  const license = await makeLicense({ allotments: [seats("analyzer", 10), seats("professional", 5)] });
  await setLive(license.number, "analyzer", 8);
  await setLive(license.number, "professional", 7);
  const definition = { ...license.definition, allotments: [seats("analyzer", 3), seats("token", 4)] };
  const dry = await put(license, definition, { dryRun: true });
  expect(dry).toMatchObject({
    frees: 4,
    excess: [
      { allotment: "analyzer", count: 5 },
      { allotment: "professional", count: 7 },
    ],
  });
  expect((await licenseByNumber(license.number, NOW)).version).toBe(license.version);
  expect(await put(license, definition)).toEqual(dry);
  const after = await licenseByNumber(license.number, NOW);
  expect(after).toMatchObject({ version: dry.version, definition });
  expect(
    (await put(after, { ...license.definition, allotments: [seats("analyzer", 10)] }, { dryRun: true }))
      .frees,
  ).toBe(2);
  await put(after, definition);
  expect(await store().db.definition.count({ where: { licenseNumber: license.number } })).toBe(2);
  expect(await actionsOf(license.number)).toEqual(["license.created", "definition.changed"]);
});

test("a definition is refused on another version and with another usage class", async () => {
  const license = await makeLicense();
  const definition = { ...license.definition, trial: true };
  await expect(put(license, definition, { version: "AAAA" })).rejects.toMatchObject({
    code: "VERSION_MISMATCH",
  });
  const metered = { ...definition, allotments: [minutes("ANALYZER", 1)] };
  await expect(put(license, metered)).rejects.toMatchObject({ code: "USAGE_CLASS_FIXED" });
  await expect(putDefinition("9999999999999999", definition, null, true, SYSTEM, NOW)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("definitions follow each other in time, even with a clock that goes back", async () => {
  const license = await makeLicense();
  const earlier = new Date(NOW.getTime() - 60_000);
  for (const count of [1, 2])
    await putDefinition(
      license.number,
      { ...license.definition, allotments: [seats("analyzer", count)] },
      null,
      false,
      SYSTEM,
      earlier,
    );
  const row = await store().db.license.findUniqueOrThrow({ where: { number: license.number } });
  const eras = await erasOf(license.number, row.definitionId);
  expect(eras.map(({ definition }) => definition.allotments[0]?.units[0]?.count)).toEqual([10, 1, 2]);
});

test("settings, status and validity change, each with an audit event", async () => {
  const { number, version } = await makeLicense();
  const change = (what: Parameters<typeof changeLicense>[1], tag: string | null = null) =>
    changeLicense(number, what, tag, SYSTEM, NOW);
  const first = licenseTag(await licenseByNumber(number, NOW));
  expect(await change({ settings: { autoAssignAnalyzer: true, graceDays: 3 } }, first)).toMatchObject({
    settings: { autoAssignAnalyzer: true, autoAssignProfessional: false, graceDays: 3, leaseDays: 14 },
    version,
  });
  await change({ settings: { graceDays: 3 }, status: "active" });
  const dated = await change({ valid: "2026-01-01/2026-08-31" });
  expect(dated).toMatchObject({ standing: "expiring", valid: "2026-01-01/2026-08-31" });
  expect(dated.version).not.toBe(version);
  await expect(change({ status: "suspended" }, first)).rejects.toMatchObject({ code: "VERSION_MISMATCH" });
  await expect(change({ valid: "tomorrow" })).rejects.toMatchObject({ faults: [{ pointer: "/valid" }] });
  expect((await change({ status: "revoked" })).status).toBe("revoked");
  await expect(change({ status: "active" })).rejects.toMatchObject({ code: "ALREADY_REVOKED" });
  expect(await actionsOf(number)).toEqual([
    "license.created",
    "license.settings-changed",
    "definition.changed",
    "license.status-changed",
  ]);
});

test("a change by somebody else since the license was read isn't overwritten", async () => {
  const { number } = await makeLicense();
  const change = (what: Parameters<typeof changeLicense>[1]) =>
    changeLicense(number, what, null, SYSTEM, NOW);
  const overtaken = { code: "CHANGED_MEANWHILE" };
  await change({ settings: { leaseDays: 20 }, still: { leaseDays: 14 } });
  await expect(change({ settings: { leaseDays: 30 }, still: { leaseDays: 14 } })).rejects.toMatchObject(
    overtaken,
  );
  await change({ settings: { graceDays: 30 }, still: { graceDays: 14 } });
  await change({ status: "suspended", still: { status: "active" } });
  await expect(change({ status: "revoked", still: { status: "active" } })).rejects.toMatchObject(overtaken);
  expect(await licenseByNumber(number, NOW)).toMatchObject({
    status: "suspended",
    settings: { leaseDays: 20, graceDays: 30 },
  });
});

test("user matching can't change while anybody is assigned", async () => {
  const { number } = await makeLicense();
  await setLive(number, "analyzer", 1);
  const exact = () => changeLicense(number, { settings: { subjectMatching: "exact" } }, null, SYSTEM, NOW);
  await expect(exact()).rejects.toMatchObject({ code: "SUBJECT_MATCHING_IN_USE" });
  await setLive(number, "analyzer", 0);
  expect((await exact()).settings.subjectMatching).toBe("exact");
});

test.each(["number", "-number", "ends", "-ends", "-created", "customer", "product"] as const)(
  "a list sorted by %s is the same in pages of two as in one",
  async (sort) => {
    const { customer } = await makeLicense({ number: numbered(), valid: "./2026-12-31" });
    for (const [i, valid] of ["", "./2026-11-30", "", "./2026-12-31"].entries())
      await makeLicense({
        customer: customer.id,
        number: numbered(),
        valid,
        product: `P${i % 2}`,
      });
    const filter = { customer: customer.id, sort };
    const whole = await listLicenses(OWNER, { ...filter, limit: 100 }, NOW);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listLicenses(OWNER, { ...filter, limit: 2, cursor }, NOW);
      paged.push(...page.items.map(({ number }) => number));
      cursor = page.cursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(whole.items.map(({ number }) => number));
    expect(paged).toHaveLength(5);
  },
);

test("a cursor of another list, filter or installation is refused", async () => {
  const { customer } = await makeLicense();
  await makeLicense({ customer: customer.id });
  const { cursor } = await listLicenses(OWNER, { customer: customer.id, limit: 1 }, NOW);
  const given = cursor ?? "";
  const refused = { code: "INVALID_CURSOR" };
  await expect(listLicenses(OWNER, { limit: 1, cursor: given }, NOW)).rejects.toMatchObject(refused);
  await expect(listCustomers(OWNER, { limit: 1, cursor: given })).rejects.toMatchObject(refused);
  for (const text of ["", ".", "x", `${given}x`, `A${given}`, given.replace(".", "")])
    await expect(
      listLicenses(OWNER, { customer: customer.id, limit: 1, cursor: text }, NOW),
    ).rejects.toMatchObject(refused);
});

test("everyone sees the licenses of their scope only", async () => {
  const mine = await makeLicense({ customer: "Scoped" });
  const other = await makeLicense({ customer: "Scoped too" });
  const numbers = async (principal: Partial<Principal>, query?: string) =>
    (await listLicenses({ ...OWNER, ...principal }, { limit: 100, query }, NOW)).items.map(
      ({ number }) => number,
    );
  const confined: Partial<Principal> = { role: "license-admin", customers: [mine.customer.id] };
  expect(await numbers(confined)).toEqual([mine.number]);
  expect(await numbers({ license: other.number })).toEqual([other.number]);
  expect(await numbers({ ...confined, license: other.number })).toEqual([]);
  expect(await numbers({}, "scoped t")).toEqual([other.number]);
  expect(await numbers({}, mine.number.replace(/(.{4})/g, "$1 "))).toEqual([mine.number]);
});
