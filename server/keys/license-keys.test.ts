import { expect, test, vi } from "vitest";
import * as signedKey from "@/domain/signed-key";
import { parseKey } from "@/domain/signed-key";
import { SYSTEM } from "@/server/access/actor";
import { readDefinition } from "@/server/deployments/activations";
import { changeLicense } from "@/server/licenses/license-changes";
import { lockLicense } from "@/server/store/locks";
import { store } from "@/server/store/store";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { storeKind, useStore } from "@/server/testing/test-store";
import {
  issueLicenseKey,
  licenseOfKey,
  listLicenseKeys,
  revealLicenseKey,
  revokeLicenseKey,
  revokerOf,
} from "./license-keys";
import { proveKey } from "./signed-keys";
import { publicKeyOf, rotateSigningKey, withdrawSigningKey } from "./signing-keys";

useStore({ connectMs: 60_000, statementMs: 60_000, longMs: 60_000 }); // these tests don't measure requests

const issue = (license: string, label = "") => issueLicenseKey(license, label, SYSTEM, NOW);

/** The daily call of a product with its key. */
async function contact(text: string, at = NOW) {
  const key = await proveKey(text);
  const caller = {
    key,
    source: "site",
    product: null,
    version: null,
    os: null,
    address: null,
    clockSkew: null,
  };
  return readDefinition(caller, at);
}

test("a key names its license, verifies, and is shown again character by character", async () => {
  const { number } = await makeLicense();
  const { jti, kid, key } = await issue(number, "Warsaw");
  expect(parseKey(key)).toMatchObject({ jti, kid, license: number });
  expect(await proveKey(key)).toMatchObject({ license: number });
  expect(await revealLicenseKey(jti, SYSTEM, NOW)).toEqual({ jti, kid, license: number, key });
  expect(await licenseOfKey(jti)).toBe(number);
  expect(JSON.stringify(await store().db.signedKey.findMany())).not.toContain(key.split(".")[2]);
  const events = await store().db.auditEvent.findMany({
    where: { object: jti },
    orderBy: { sequence: "asc" },
  });
  expect(events.map(({ action }) => action)).toEqual(["key.issued", "key.revealed"]);
  expect(JSON.stringify(events.map(({ details }) => details))).not.toContain(key.split(".")[2]);
});

test("its last use is the latest of its deployments", async () => {
  const { number } = await makeLicense();
  const { key, jti } = await issue(number, "used");
  await issueLicenseKey(number, "idle", SYSTEM, new Date(NOW.getTime() + 1000));
  const later = new Date(NOW.getTime() + 3_600_000);
  await contact(key);
  await contact(key, later);
  expect(await listLicenseKeys(number)).toMatchObject([
    { label: "idle", lastUsed: null, deployments: 0 },
    {
      jti,
      label: "used",
      issuedBy: { kind: "system", id: "signet" },
      lastUsed: later,
      deployments: 1,
      revoked: null,
      withdrawn: false,
    },
  ]);
});

test("a revoked key stops at once, and can be revoked once", async () => {
  const { number } = await makeLicense();
  const { key, jti } = await issue(number);
  const other = await issue(number);
  await contact(key);
  expect(await revokerOf(jti)).toBeNull();
  await revokeLicenseKey(jti, "leaked", SYSTEM, NOW);
  expect(await revokerOf(jti)).toEqual({ kind: "system", id: "signet" });
  expect(await revokerOf(other.jti)).toBeNull();
  await expect(contact(key)).rejects.toMatchObject({ code: "KEY_REVOKED" });
  await contact(other.key);
  await expect(revokeLicenseKey(jti, "", SYSTEM, NOW)).rejects.toMatchObject({ code: "ALREADY_REVOKED" });
  expect(await listLicenseKeys(number)).toContainEqual(
    expect.objectContaining({ jti, revoked: NOW, revokedReason: "leaked" }),
  );
});

test("a suspended or revoked license stops its keys, and a revoked one gets no more", async () => {
  const { number } = await makeLicense();
  const { key } = await issue(number);
  const become = (status: "active" | "suspended" | "revoked") =>
    changeLicense(number, { status }, null, SYSTEM, NOW);
  await become("suspended");
  await expect(contact(key)).rejects.toMatchObject({ code: "LICENSE_SUSPENDED" });
  await become("active");
  await contact(key);
  await become("revoked");
  await expect(contact(key)).rejects.toMatchObject({ code: "LICENSE_REVOKED" });
  await expect(issue(number)).rejects.toMatchObject({ code: "LICENSE_REVOKED" });
});

test("a key whose signing key is withdrawn can't be shown again", async () => {
  const { number } = await makeLicense();
  const { jti, kid } = await issue(number);
  await rotateSigningKey(SYSTEM, NOW);
  expect((await revealLicenseKey(jti, SYSTEM, NOW)).kid).toBe(kid);
  await withdrawSigningKey(kid, false, SYSTEM, NOW);
  await expect(revealLicenseKey(jti, SYSTEM, NOW)).rejects.toMatchObject({ code: "KEY_WITHDRAWN" });
  expect(await listLicenseKeys(number)).toMatchObject([{ jti, withdrawn: true }]);
});

test("a key is signed again if its signing key was withdrawn in the meantime", async () => {
  const { number } = await makeLicense();
  const sign = signedKey.issueKey;
  vi.spyOn(signedKey, "issueKey").mockImplementationOnce(async (claims, kid, privateKey) => {
    await rotateSigningKey(SYSTEM, NOW);
    await withdrawSigningKey(kid, false, SYSTEM, NOW);
    return sign(claims, kid, privateKey);
  });
  const { key, jti } = await issue(number);
  expect(await proveKey(key)).toMatchObject({ license: number, jti });
  await contact(key);
  expect(await listLicenseKeys(number)).toMatchObject([{ jti, withdrawn: false }]);
});

test("a key that another server signed with a new signing key is verified at once, whatever was asked before", async () => {
  const { number } = await makeLicense();
  const guess = publicKeyOf(crypto.randomUUID());
  const { kid } = await rotateSigningKey(SYSTEM, NOW);
  const { key } = await issue(number);
  const guesses = [guess, publicKeyOf(crypto.randomUUID())];
  const [proven] = await Promise.all([proveKey(key), ...guesses]);
  expect(proven).toMatchObject({ license: number, kid });
  expect(await Promise.all(guesses)).toEqual([null, null]);
});

test.runIf(storeKind() === "postgresql")("a rotation waits for a key that is being issued", async () => {
  const { number } = await makeLicense();
  const order: string[] = [];
  const noted = <T>(name: string, work: Promise<T>) => work.finally(() => order.push(name));
  const { issued, rotated } = await store().db.$transaction(
    async (tx) => {
      await lockLicense(tx, number);
      const issued = noted("issued", issue(number));
      await signerHeld();
      const rotated = noted("rotated", rotateSigningKey(SYSTEM, NOW));
      await signerAwaited();
      return { issued, rotated };
    },
    { timeout: 2 * PATIENCE },
  );
  await Promise.all([issued, rotated]);
  expect(order).toEqual(["issued", "rotated"]);
});

test("unknown keys and licenses are not found", async () => {
  const none = crypto.randomUUID();
  const notFound = { code: "NOT_FOUND" };
  await expect(issue("9999999999999999")).rejects.toMatchObject(notFound);
  await expect(revealLicenseKey(none, SYSTEM, NOW)).rejects.toMatchObject(notFound);
  await expect(revokeLicenseKey(none, "", SYSTEM, NOW)).rejects.toMatchObject(notFound);
});

/** How long a busy machine may take until a statement waits. The transaction around it lives longer than two of them. */
const PATIENCE = 20_000;

/** The issuer holds the lock of the signing key and waits for the license. */
const signerHeld = () => waits("roster", 1);
const signerAwaited = () => waits("signing_key", 1);

async function waits(table: string, least: number): Promise<void> {
  const seen = async () => {
    const [row] = await store().db.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE ${`%${table}%`}`;
    expect(Number(row?.count)).toBeGreaterThanOrEqual(least);
  };
  await vi.waitFor(seen, { timeout: PATIENCE, interval: 10 });
}
