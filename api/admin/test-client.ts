import { createApi } from "@/api/app";
import { expectDescribed } from "@/api/test-responses";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { createToken } from "@/server/identity/tokens";
import { NOW, OWNER } from "@/server/testing/test-licenses";

const app = createApi({ clock: () => NOW });

export type ApiResponse = { status: number; headers: Headers; body: Body };
// biome-ignore lint/suspicious/noExplicitAny: tests look into a response with assertions
type Body = any;

/** Calls the API in process, like a program with a token. */
export function clientOf(token: string | null) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiResponse> => {
    const url = path.startsWith("/api/") ? path : `/api/v1/admin${path}`;
    const response = await app.request(url, {
      method,
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const { status, headers: received } = response;
    await expectDescribed(app, url, { method, status, headers: received, body: text });
    return {
      status,
      headers: received,
      body: text === "" ? null : JSON.parse(text),
    };
  };
}

export type Client = ReturnType<typeof clientOf>;

/** A client with a token of its own. */
export async function clientAs(
  scope: Pick<Principal, "role"> & { license?: string; customers?: string[] },
): Promise<Client> {
  const { token } = await createToken(OWNER, { name: "test", ...scope }, SYSTEM, NOW);
  return clientOf(token);
}
