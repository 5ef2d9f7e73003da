import { createApi } from "@/api/app";
import { expectDescribed } from "@/api/test-responses";
import { SYSTEM } from "@/server/access/actor";
import { issueLicenseKey } from "@/server/keys/license-keys";
import type { License } from "@/server/licenses/license";
import type { NewLicense } from "@/server/licenses/licenses";
import { makeLicense, NOW } from "@/server/testing/test-licenses";

const app = createApi({ clock: () => NOW });

// biome-ignore lint/suspicious/noExplicitAny: tests look into a response with assertions
export type ApiResponse = { status: number; headers: Headers; body: any };

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
  const call: Call = async (method, path, body, headers = {}) => {
    const response = await app.request(path, {
      method,
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json", ...headers },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const { status, headers: received } = response;
    await expectDescribed(app, path, { method, status, headers: received, body: text });
    return {
      status,
      headers: received,
      body: text === "" ? null : JSON.parse(text),
    };
  };
  return { ...license, call };
}

export const agent = (product: string) => ({ "User-Agent": `Licenses/1.6.4 (windows) ${product}` });
