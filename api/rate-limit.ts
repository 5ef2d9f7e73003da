import type { Context } from "hono";
import { isOver, type RateLimit, type RateLimitUse, rateLimitFields, secondsLeft } from "@/domain/rate-limit";
import { Refusal } from "@/domain/refusals/refusal";
import { countRequest } from "@/server/access/rate-limits";

const CREDENTIALS = { reads: "API token", writes: "API token", calls: "license key" } as const;

/** Counts a request of a proven credential before anything is done for it. Throws `TOO_MANY_REQUESTS`. */
export function limitRequests(c: Context, name: RateLimit["name"], id: string, now: Date): void {
  const use = countRequest(name, id, now);
  if (!use) return;
  c.set("rateLimit", use);
  if (isOver(use)) throw tooMany(use);
}

/** The limit of reads or of writes of an API token. */
export function limitToken(c: Context, id: string, now: Date): void {
  const isRead = c.req.method === "GET" || c.req.method === "HEAD";
  limitRequests(c, isRead ? "reads" : "writes", id, now);
}

/** The headers that tell a client of its limit; none for a request without one. */
export function rateLimitHeaders(c: Context): Record<string, string> {
  const use: RateLimitUse | undefined = c.get("rateLimit");
  if (!use) return {};
  const { policy, state } = rateLimitFields(use);
  return { "RateLimit-Policy": policy, RateLimit: state };
}

function tooMany({ limit: { name, most }, at }: RateLimitUse): Refusal {
  const seconds = secondsLeft(at);
  const detail = `This ${CREDENTIALS[name]} may send ${most} ${name} in five minutes. Try again in ${seconds} seconds. Nothing was changed.`;
  return new Refusal("TOO_MANY_REQUESTS", detail, { retryAfter: seconds });
}
