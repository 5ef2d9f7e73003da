import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { strongTags } from "@/api/entity-tags";
import type { Expected } from "@/server/store/entity-tag";

/** The header ETag of a response, with its description. */
export const tag = (description: string) => ({
  headers: { ETag: { schema: { type: "string" as const }, description } },
});

const tagSeen = z.string().optional();
const SEEN =
  "The ETag that you read: the change is refused if somebody else made another one since. `*` for any.";

export const ifMatch = z.object({ "if-match": tagSeen.openapi({ description: SEEN }) });

/** For a route that refuses a request without it; the schema leaves that to the route, which says why. */
export const ifMatchRequired = z.object({
  "if-match": tagSeen.openapi({ description: SEEN, param: { required: true } }),
});

export function etag(opaque: string): string {
  return `"${opaque}"`;
}

/** The state that the caller expects; null for any. */
export function expected(c: Context): Expected {
  return strongTags(c.req.header("If-Match") ?? "*");
}
