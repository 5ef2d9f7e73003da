import type { Context } from "hono";
import { readDefinition, readPortableDefinition } from "@/server/activations";
import { optionalSourceOf } from "./body";
import { callerOf, provenKey } from "./caller";
import type { ProductApp } from "./types";

export function definition(app: ProductApp, clock: () => Date): void {
  app.get("/v1/definition", async (c) => {
    const now = clock();
    const { etag, validUntil, reply } = await readDefinition(await callerIn(c, now), now);
    c.header("ETag", etag);
    c.header("Cache-Control", "private, no-cache");
    c.header("Signet-Valid-Until", validUntil.toISOString());
    return matches(c.req.header("If-None-Match"), etag) ? c.body(null, 304) : c.json(await reply());
  });

  app.get("/v1/definitions/portable/info", async (c) => {
    const now = clock();
    return c.json(await readPortableDefinition(await callerIn(c, now), now));
  });
}

async function callerIn(c: Context, now: Date) {
  const key = await provenKey(c);
  return callerOf(c, key, { source: optionalSourceOf({ source: c.req.query("source") }) }, now);
}

/** Weak comparison of a list of tags (RFC 9110, 13.1.2). */
function matches(header: string | undefined, etag: string): boolean {
  const tags = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}
