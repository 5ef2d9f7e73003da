import { beforeAll, beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { createToken } from "@/server/identity/tokens";
import { issueLicenseKey, revokeLicenseKey } from "@/server/keys/license-keys";
import { rotateSigningKey } from "@/server/keys/signing-keys";
import { createControl } from "@/server/legacy/control-numbers";
import { createCustomer } from "@/server/licenses/customers";
import { putDefinition } from "@/server/licenses/license-definitions";
import { store } from "@/server/store/store";
import { licenseWithKey, type TestCaller } from "@/server/testing/test-callers";
import { makeLicense, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { patchFor, sync } from "@/server/testing/test-syncs";

useStore();

let number: string;
let jti: string;
let caller: TestCaller;
let before: Record<string, string>;

beforeAll(async () => {
  const { call, ...license } = await licenseWithKey({ allotments: [seats("analyzer", 3)] });
  number = license.number;
  caller = call();
  await sync(caller, [patchFor(number, "acme\\ann")]);
  ({ jti } = await issueLicenseKey(number, "", SYSTEM, NOW));
  // From now on no audit event can be written.
  await store().db.$executeRaw`ALTER TABLE audit_event ADD CONSTRAINT full_up CHECK (false) NOT VALID`;
});

beforeEach(async () => {
  before = await contents();
});

const definition = () => ({
  ...{ product: "QSEfW", valid: "", trial: false, parameters: [] },
  allotments: [seats("analyzer", 9)],
});

test.each<[string, () => Promise<unknown>]>([
  ["a new customer", () => createCustomer("Acme", SYSTEM, NOW)],
  ["a new license", () => makeLicense()],
  ["a new definition", () => putDefinition(number, definition(), null, false, SYSTEM, NOW)],
  ["a new key", () => issueLicenseKey(number, "", SYSTEM, NOW)],
  ["a revoked key", () => revokeLicenseKey(jti, "leaked", SYSTEM, NOW)],
  ["a rotated signing key", () => rotateSigningKey(SYSTEM, NOW)],
  ["a new token", () => createToken(OWNER, { name: "CI", role: "owner", customers: [] }, SYSTEM, NOW)],
  ["a control number", () => createControl(number, SYSTEM, NOW)],
  [
    "a checkout with a share",
    () =>
      issueCheckout(
        number,
        { product: "QSEfW", source: "mill", shares: [{ allotment: "analyzer", units: 1 }] },
        SYSTEM,
        NOW,
      ),
  ],
  ["an assigned seat", () => sync(caller, [patchFor(number, "acme\\bob")])],
])("%s is undone if its audit event can't be written", async (_, change) => {
  await expect(change()).rejects.toThrow(/full_up/);
  expect(await contents()).toEqual(before);
});

/**
 * A digest of every table. Left out are the data keys of a license to come, which are made before it; nothing can be read
 * by them.
 */
async function contents(): Promise<Record<string, string>> {
  const { db } = store();
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND relname <> 'data_key' ORDER BY relname`;
  const digests: [string, string][] = [];
  for (const { name } of tables) {
    const [row] = await db.$queryRawUnsafe<{ digest: string }[]>(
      `SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS digest FROM "${name}" t`,
    );
    digests.push([name, row?.digest ?? ""]);
  }
  return Object.fromEntries(digests);
}
