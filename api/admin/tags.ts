import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { strongTags } from "@/api/entity-tags";
import type { Expected } from "@/server/store/entity-tag";

/** The header ETag of a response, with its description. */
export const tag = (description: string) => ({
  headers: { ETag: { schema: { type: "string" as const }, description } },
});

export const ifMatch = z.object({ "if-match": z.string().optional() });

export function etag(opaque: string): string {
  return `"${opaque}"`;
}

/** The state that the caller expects; null for any. */
export function expected(c: Context): Expected {
  return strongTags(c.req.header("If-Match") ?? "*");
}
