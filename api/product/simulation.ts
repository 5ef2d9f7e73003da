import { Hono } from "hono";
import { uuidv7 } from "uuidv7";
import { newApp, type WithRequest } from "@/api/http";
import { productRoutes } from "./app";

export type SentRequest = { method: "GET" | "POST"; path: string; userAgent: string; body?: object };

/** One request and its response, as the product that sent it sees them; the key isn't shown. */
export type Exchange = {
  request: { method: string; path: string; headers: Record<string, string>; body: unknown };
  answer: { status: number; headers: Record<string, string>; body: unknown };
};

const SHOWN_HEADERS = ["content-type", "etag", "signet-valid-until", "retry-after"];

/** Calls the real product protocol in this process with a key, without logs and metrics. */
export async function exchange(key: string, sent: SentRequest, clock: () => Date): Promise<Exchange> {
  const { method, path, userAgent, body } = sent;
  const text = body && JSON.stringify(body);
  const headers: Record<string, string> = { "User-Agent": userAgent };
  if (text) headers["Content-Type"] = "application/json";
  const response = await quietProductApi(clock).request(path, {
    method,
    headers: { ...headers, Authorization: `Bearer ${key}` },
    body: text,
  });
  return {
    request: { method, path, headers: { Authorization: "Bearer <signed license key>", ...headers }, body },
    answer: {
      status: response.status,
      headers: Object.fromEntries([...response.headers].filter(([name]) => SHOWN_HEADERS.includes(name))),
      body: await response.json(),
    },
  };
}

/** A request that has an id already is neither logged nor counted. */
function quietProductApi(clock: () => Date) {
  const door = new Hono<WithRequest>();
  door.use(async (c, next) => {
    c.set("requestId", uuidv7());
    await next();
  });
  const app = newApp();
  productRoutes(app, { clock });
  return door.route("/", app);
}
