import { type APIRequestContext, request } from "@playwright/test";
import { issueLicense, type Licensed } from "./fixtures";
import type { RunningServer } from "./server";

/** The management API of a server that a spec started. */
export function ownerOf({ console: baseURL, token }: RunningServer): Promise<APIRequestContext> {
  return request.newContext({ baseURL, extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
}

export async function licenseOn(server: RunningServer): Promise<Licensed> {
  const api = await ownerOf(server);
  const issued = await issueLicense(api);
  await api.dispose();
  return { ...issued, site: { door: server.door, key: issued.key } };
}
