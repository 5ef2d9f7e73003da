import { getPath } from "hono/utils/url";
import { ADMIN_PATH, adminApp } from "@/api/admin/app";
import { productRoutes } from "@/api/product/app";
import { publishedAddress } from "@/api/published/address";
import { publishedApp } from "@/api/published/app";
import { scimApp } from "@/api/scim/scim-app";
import { health } from "./health";
import { newApp } from "./http";
import { metrics } from "./metrics-route";
import { openapi } from "./openapi";

/** Every path of the HTTP API, as the console's port serves it. */
export function createApi(how: { clock: () => Date }) {
  const app = newApp({ getPath: routedPath });
  health(app);
  metrics(app, how.clock);
  productRoutes(app, how);
  app.route(ADMIN_PATH, adminApp(how));
  app.route("/", publishedApp(how));
  app.route("/", scimApp(how));
  openapi(app);
  return app;
}

/** The published API is served under any prefix, which its routes don't have. */
function routedPath(request: Request): string {
  const path = getPath(request);
  return publishedAddress(path)?.path ?? path;
}
