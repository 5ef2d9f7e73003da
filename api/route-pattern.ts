import type { Context } from "hono";
import { matchedRoutes } from "hono/route";

/** The pattern of the route that a request meets, never its path. Every app also matches everything, for its middleware. */
export function routePattern(c: Context): string {
  return matchedRoutes(c).findLast(({ path }) => !path.endsWith("*"))?.path ?? "/*";
}
