import { type Clock, gate } from "@/api/admin/gate";
import { newApp } from "@/api/http";
import { discovery } from "./discovery";
import { groups } from "./groups";
import { SCIM_PATH } from "./representation";
import { connected, type ScimVariables } from "./scim-caller";
import { scimProblems } from "./scim-problems";
import { users } from "./users";

/** The SCIM 2.0 server: what directories call with the token of a connection. */
export function scimApp({ clock }: { clock: Clock }) {
  const app = newApp<ScimVariables>();
  app.use(`${SCIM_PATH}/*`, scimProblems, gate(clock), connected);
  discovery(app);
  users(app, clock);
  groups(app, clock);
  return app;
}
