import { createApi } from "@/api/app";
import { expectDescribed } from "@/api/test-responses";
import type { Role } from "@/domain/roles";
import { SYSTEM } from "@/server/access/actor";
import { createToken } from "@/server/identity/tokens";
import { NOW, OWNER } from "@/server/testing/test-licenses";
import { publishedAddress } from "./address";

let tick = 0;
/** A clock that moves on with every call, so that two changes never happen at one moment. */
const clock = () => new Date(NOW.getTime() + ++tick);

const app = createApi({ clock });

// biome-ignore lint/suspicious/noExplicitAny: tests look into a response with assertions
export type PublishedResponse = { status: number; headers: Headers; body: any };
export type PublishedClient = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<PublishedResponse>;

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
  return async (method, path, body, headers = {}) => {
    const type: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
    const response = await app.request(path, {
      method,
      headers: { ...credentials, ...type, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const { status, headers: received } = response;
    const address = publishedAddress(new URL(path, "http://localhost").pathname)?.path ?? path;
    await expectDescribed(app, address, { method, status, headers: received, body: text });
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? null : JSON.parse(text),
    };
  };
}
