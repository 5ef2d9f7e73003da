import { except } from "hono/combine";
import { newApp } from "@/api/http";
import { limitBody, utf8Body } from "@/api/json-body";
import type { Actor } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { alertChannels } from "./alert-channels";
import { alerts } from "./alerts";
import { assignments } from "./assignments";
import { audit } from "./audit";
import { bulkAssignments } from "./bulk-assignments";
import { checkouts } from "./checkouts";
import { control } from "./control";
import { customers } from "./customers";
import { deployments } from "./deployments";
import { dualUse } from "./dual-use";
import { events } from "./events";
import { type Clock, gate } from "./gate";
import { keys } from "./keys";
import { legacyImports } from "./legacy-imports";
import { licenses } from "./licenses";
import { offlineLogs } from "./offline-logs";
import { reclaim } from "./reclaim";
import { usageDetails } from "./sessions";
import { signingKeys } from "./signing-keys";
import { isStreamed } from "./streamed";
import { tokens } from "./tokens";
import { usage } from "./usage";
import { webhooks } from "./webhooks";

export const ADMIN_PATH = "/api/v1/admin";

/** The management resources, by API token: first the gate, then the right of the route, then the body. */
export function adminApp({ clock }: { clock: Clock }) {
  const app = newApp<{ principal: Principal; actor: Actor; at: Date }>();
  app.use(gate(clock), except(isStreamed, limitBody, utf8Body));
  control(app, clock);
  legacyImports(app, clock);
  customers(app, clock);
  licenses(app, clock);
  keys(app, clock);
  checkouts(app, clock);
  usage(app, clock);
  usageDetails(app, clock);
  assignments(app, clock);
  bulkAssignments(app, clock);
  deployments(app, clock);
  offlineLogs(app, clock);
  dualUse(app, clock);
  reclaim(app, clock);
  signingKeys(app, clock);
  tokens(app, clock);
  audit(app, clock);
  alerts(app, clock);
  alertChannels(app, clock);
  webhooks(app, clock);
  events(app, clock);
  return app;
}
