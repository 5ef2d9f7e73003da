import { createApi } from "@/api/app";
import { type ApiResponse, requestDescribed } from "@/api/test-responses";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { createToken } from "@/server/identity/tokens";
import { NOW, OWNER } from "@/server/testing/test-licenses";

const app = createApi({ clock: () => NOW });

/** Calls the API in process, like a program with a token. A body with a content type in `headers` is sent as it is. */
export function clientOf(token: string | null) {
  return (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiResponse> =>
    requestDescribed(app, path.startsWith("/api/") ? path : `/api/v1/admin${path}`, {
      method,
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: typeof body === "string" && headers["Content-Type"] ? body : JSON.stringify(body),
    });
}

export type Client = ReturnType<typeof clientOf>;

/** A client with a token of its own. */
export async function clientAs(
  scope: Pick<Principal, "role"> & { license?: string; customers?: string[] },
): Promise<Client> {
  const { token } = await createToken(OWNER, { name: "test", ...scope }, SYSTEM, NOW);
  return clientOf(token);
}
