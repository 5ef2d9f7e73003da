import { expect, test } from "vitest";
import type { ParsedKey } from "@/domain/signed-key";
import { allowOnLicense } from "@/server/access/gate";
import { syncAssignments } from "@/server/assignments/log/assignments";
import { listAudit } from "@/server/audit/log";
import { proveKey } from "@/server/keys/signed-keys";
import { runCheck } from "@/server/maintenance/check";
import { store } from "@/server/store/store";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { element, report } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { patchFor } from "@/server/testing/test-syncs";
import { tracesOf } from "@/server/testing/test-traces";
import { customerById } from "./customers";
import { changeLicense } from "./license-changes";
import { copyLicense, keyOfCopy, removeCopiesOf, removeEndedCopies } from "./license-copies";
import { listLicenses } from "./license-list";

useStore();

const MAKER = { kind: "user" as const, id: "ada" };
const LATER = new Date(NOW.getTime() + 16 * 60_000);

test("a copy has the license's content, and nobody sees it", async () => {
  const license = await makeLicense({
    allotments: [seats("analyzer", 3), minutes("analyzer_time", 100)],
    settings: { autoAssignAnalyzer: true, leaseDays: 3 },
  });
  const copy = await copyLicense(license.number, MAKER, NOW);
  const row = await store().db.license.findUniqueOrThrow({ where: { number: copy.number } });
  expect(row).toMatchObject({ version: license.version, autoAssignAnalyzer: true, leaseDays: 3 });
  expect((await customerById(license.customer.id)).licenses).toBe(1);
  const { items } = await listLicenses(OWNER, { limit: 200, query: copy.number }, NOW);
  expect(items).toEqual([]);
  expect((await listAudit(OWNER, { limit: 10, chain: copy.number })).items).toEqual([]);
  await expect(allowOnLicense(OWNER, "licenses.read", copy.number)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("only its owner gets its key, which works until the copy is removed", async () => {
  const { number } = await makeLicense();
  const copy = await copyLicense(number, MAKER, NOW);
  const key = await keyOfCopy(copy.number, number, MAKER, NOW);
  expect(await proveKey(key)).toMatchObject({ license: copy.number });
  const other = { kind: "user" as const, id: "eve" };
  const notFound = { code: "NOT_FOUND" };
  await expect(keyOfCopy(copy.number, number, other, NOW)).rejects.toMatchObject(notFound);
  await expect(keyOfCopy(number, number, MAKER, NOW)).rejects.toMatchObject(notFound);
  await removeCopiesOf(number, MAKER.id);
  await expect(keyOfCopy(copy.number, number, MAKER, NOW)).rejects.toMatchObject(notFound);
});

test("a copy leaves nothing behind, and takes nothing of others with it", async () => {
  const license = await makeLicense({ allotments: [seats("analyzer", 1), minutes("analyzer_time", 100)] });
  const before = await tracesOf(license.number);
  const copy = await copyLicense(license.number, MAKER, NOW);
  const key = await proveKey(await keyOfCopy(copy.number, license.number, MAKER, NOW));
  await use(key);
  expect((await tracesOf(copy.number)).length).toBeGreaterThan(8);
  await removeEndedCopies(NOW);
  expect((await tracesOf(copy.number)).length).toBeGreaterThan(8);
  await removeEndedCopies(LATER);
  expect(await tracesOf(copy.number)).toEqual([]);
  expect(await tracesOf(license.number)).toEqual(before);
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

test("a revoked license is copied as revoked", async () => {
  const { number } = await makeLicense();
  await changeLicense(number, { status: "revoked" }, null, MAKER, NOW);
  const copy = await copyLicense(number, MAKER, NOW);
  const row = await store().db.license.findUniqueOrThrow({ where: { number: copy.number } });
  expect(row.status).toBe("revoked");
  await copyLicense(number, MAKER, NOW);
  expect(await store().db.license.count({ where: { copyOf: number } })).toBe(1);
});

/** Reports and syncs like a product of the license, with one seat taken and one refused. */
async function use(key: ParsedKey): Promise<void> {
  const agent = { product: "QSEfE", version: "1.6.4", os: "windows", address: null, clockSkew: null };
  const caller = { key, source: "site", ...agent };
  await report(caller, [element(5)]);
  const patches = ["ada", "bob"].map((name) => patchFor(key.license, `acme\\${name}`));
  await syncAssignments({ caller, base: null, after: null, patches, now: NOW });
}
