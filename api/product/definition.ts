import type { Context } from "hono";
import { isNoneMatch } from "@/api/entity-tags";
import { readDefinition, readPortableDefinition } from "@/server/deployments/activations";
import { sourceInQuery } from "./body";
import { callerOf, provenKey } from "./caller";
import type { ProductApp } from "./types";

export function definition(app: ProductApp, clock: () => Date): void {
  app.get("/v1/definition", async (c) => {
    const now = clock();
    const { etag, validUntil, reply } = await readDefinition(await callerIn(c, now), now);
    c.header("ETag", `"${etag}"`);
    c.header("Cache-Control", "private, no-cache");
    c.header("Signet-Valid-Until", validUntil.toISOString());
    return isNoneMatch(c.req.header("If-None-Match"), etag) ? c.body(null, 304) : c.json(await reply());
  });

  app.get("/v1/definitions/portable/info", async (c) => {
    const now = clock();
    return c.json(await readPortableDefinition(await callerIn(c, now), now));
  });
}

async function callerIn(c: Context, now: Date) {
  const key = await provenKey(c, now);
  return callerOf(c, key, { source: sourceInQuery(c) }, now);
}
