import { gate } from "@/api/admin/gate";
import { newApp } from "@/api/http";
import { assignmentActions } from "./actions";
import { PRODUCT_INFO, PUBLISHED_PATH, QRS_PATH } from "./address";
import { assignments } from "./assignments";
import type { Clock, Variables } from "./caller";
import { clientProblems } from "./client-problems";
import { consumption } from "./consumption";
import { license } from "./license";
import { onlyIfServed, onlyReadable, qrs } from "./qrs";

/** What clients of another vendor's published license API ask before their first call; it needs no token. */
const INFO = { composition: { deploymentType: "qlikcloudservices" }, externalUrls: {} };

/** The published license API, by API token: each call means one license. */
export function publishedApp({ clock }: { clock: Clock }) {
  const app = newApp<Variables>();
  app.get(PRODUCT_INFO, (c) => c.json(INFO));
  app.use(`${PUBLISHED_PATH}/*`, clientProblems, gate(clock));
  license(app, clock);
  assignments(app, clock);
  assignmentActions(app, clock);
  consumption(app, clock);
  app.use(`${QRS_PATH}/*`, onlyIfServed, clientProblems, gate(clock), onlyReadable);
  qrs(app, clock);
  return app;
}
