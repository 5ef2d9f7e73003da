import { jsonWebKeySet } from "@/server/keys/signing-keys";
import { activations } from "./activations";
import { assignments } from "./assignments";
import { consumption } from "./consumption";
import { definition } from "./definition";
import { leases } from "./leases";
import { lef } from "./lef";
import { offlineLogs } from "./offline-logs";
import type { ProductApp } from "./types";

/**
 * The calls of deployments, by signed license key, and the public keys that verify the responses. They are routes of
 * the served app itself: an app mounted in another would pass each call through two more functions and their promises.
 */
export function productRoutes(app: ProductApp, { clock }: { clock: () => Date }): void {
  activations(app, clock);
  definition(app, clock);
  consumption(app, clock);
  leases(app, clock);
  lef(app, clock);
  assignments(app, clock);
  offlineLogs(app, clock);
  app.get("/.well-known/jwks.json", async (c) => {
    c.header("Cache-Control", "public, max-age=300");
    return c.json(await jsonWebKeySet());
  });
}
