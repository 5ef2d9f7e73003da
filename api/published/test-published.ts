import { createApi } from "@/api/app";
import { type ApiResponse, requestDescribed } from "@/api/test-responses";
import type { Role } from "@/domain/roles";
import { SYSTEM } from "@/server/access/actor";
import { createToken } from "@/server/identity/tokens";
import { NOW, OWNER } from "@/server/testing/test-licenses";

let tick = 0;
/** A clock that moves on with every call, so that two changes never happen at one moment. */
const clock = () => new Date(NOW.getTime() + ++tick);

const app = createApi({ clock });

export type PublishedClient = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiResponse>;

/** Calls any path in process with a new token. */
export async function published(scope: {
  role: Role;
  license?: string;
  customers?: string[];
}): Promise<PublishedClient> {
  const { token } = await createToken(OWNER, { name: "published", ...scope }, SYSTEM, NOW);
  return publishedWith({ Authorization: `Bearer ${token}` });
}

export function publishedWith(credentials: Record<string, string>): PublishedClient {
  return (method, path, body, headers = {}) => {
    const type: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
    return requestDescribed(app, path, {
      method,
      headers: { ...credentials, ...type, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  };
}
