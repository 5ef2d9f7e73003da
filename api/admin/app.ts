import type { Actor } from "@/server/audit";
import type { Principal } from "@/server/gate";
import { newApp } from "../http";
import { limitBody, utf8Body } from "../json-body";
import { assignments } from "./assignments";
import { audit } from "./audit";
import { checkouts } from "./checkouts";
import { control } from "./control";
import { customers } from "./customers";
import { deployments } from "./deployments";
import { dualUse } from "./dual-use";
import { type Clock, gate } from "./gate";
import { keys } from "./keys";
import { licenses } from "./licenses";
import { signingKeys } from "./signing-keys";
import { tokens } from "./tokens";
import { usage } from "./usage";

export const ADMIN_PATH = "/api/v1/admin";

/** The management resources, by API token: the gate comes first, then the right of the route, then the body. */
export function adminApp({ clock }: { clock: Clock }) {
  const app = newApp<{ principal: Principal; actor: Actor }>();
  app.use(gate(clock), limitBody, utf8Body);
  control(app, clock);
  customers(app, clock);
  licenses(app, clock);
  keys(app, clock);
  checkouts(app, clock);
  usage(app, clock);
  assignments(app, clock);
  deployments(app, clock);
  dualUse(app, clock);
  signingKeys(app, clock);
  tokens(app, clock);
  audit(app, clock);
  return app;
}
