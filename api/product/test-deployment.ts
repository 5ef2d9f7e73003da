import { createApi } from "@/api/app";
import { type ApiResponse, requestDescribed } from "@/api/test-responses";
import { SYSTEM } from "@/server/access/actor";
import { issueLicenseKey } from "@/server/keys/license-keys";
import type { License } from "@/server/licenses/license";
import type { NewLicense } from "@/server/licenses/licenses";
import { makeLicense, NOW } from "@/server/testing/test-licenses";

const app = createApi({ clock: () => NOW });

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiResponse>;

/**
 * A license for QSEfW and QV with a key, and a client for its products: without a user agent unless a header has one;
 * a text is sent as it is, anything else as JSON.
 */
export async function licensedDeployment(
  wanted: Partial<NewLicense> = {},
): Promise<License & { call: Call }> {
  const license = await makeLicense({ product: "QSEfW", products: ["QSEfW", "QV"], ...wanted });
  const { key } = await issueLicenseKey(license.number, "", SYSTEM, NOW);
  const call: Call = (method, path, body, headers = {}) =>
    requestDescribed(app, path, {
      method,
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json", ...headers },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
  return { ...license, call };
}

export const agent = (product: string) => ({ "User-Agent": `Licenses/1.6.4 (windows) ${product}` });
