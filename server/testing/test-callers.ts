import { randomUUID } from "node:crypto";
import type { RefusalCode } from "@/domain/refusals/refusal";
import { parseKey } from "@/domain/signed-key";
import { SYSTEM } from "@/server/access/actor";
import type { Caller } from "@/server/deployments/admission";
import { issueLicenseKey, revokeLicenseKey } from "@/server/keys/license-keys";
import type { License } from "@/server/licenses/license";
import { changeLicense, type LicenseChange } from "@/server/licenses/license-changes";
import type { NewLicense } from "@/server/licenses/licenses";
import { store } from "@/server/store/store";
import { makeLicense, NOW } from "./test-licenses";

export type TestCaller = Caller & { source: string };
/** A call of a deployment: of a new one unless `source` names it. */
export type Call = (who?: Partial<Caller>) => TestCaller;

/** A license for QSEfW with a key, and a function that makes its callers. */
export async function licenseWithKey(wanted: Partial<NewLicense> = {}): Promise<License & { call: Call }> {
  const license = await makeLicense({ product: "QSEfW", ...wanted });
  return { ...license, call: await keyOf(license.number) };
}

/** One more key of a license, and a function that makes its callers. */
export async function keyOf(license: string): Promise<Call> {
  const { key: text } = await issueLicenseKey(license, "", SYSTEM, NOW);
  const key = parseKey(text);
  if (!key) throw new Error("The key that was issued cannot be read.");
  const agent = { product: "QSEfW", version: "1.6.4", os: "windows", address: "192.0.2.7", clockSkew: null };
  return ({ source, ...who } = {}) => ({ key, ...agent, ...who, source: source ?? randomUUID() });
}

const changed = (change: LicenseChange) => (caller: Caller) =>
  changeLicense(caller.key.license, change, null, SYSTEM, NOW);

/** The changes that make a caller refused, by the code of the refusal. */
export const CALLERS_BY_REFUSAL: [RefusalCode, (caller: Caller) => Promise<unknown>][] = [
  ["KEY_REVOKED", ({ key }) => revokeLicenseKey(key.jti, "leaked", SYSTEM, NOW)],
  ["LICENSE_REVOKED", changed({ status: "revoked" })],
  ["LICENSE_SUSPENDED", changed({ status: "suspended" })],
  ["PRODUCT_NOT_LICENSED", changed({ products: ["QV"] })],
  ["INVALID_KEY", ({ key }) => store().db.signedKey.delete({ where: { jti: key.jti } })],
];
