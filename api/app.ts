import { ADMIN_PATH, adminApp } from "@/api/admin/app";
import { productApp } from "@/api/product/app";
import { health } from "./health";
import { newApp } from "./http";
import { metrics } from "./metrics-route";
import { openapi } from "./openapi";

/** Every path of the HTTP API, as the console's port serves it. */
export function createApi(how: { clock: () => Date }) {
  const app = newApp();
  health(app);
  metrics(app, how.clock);
  app.route("/", productApp(how));
  app.route(ADMIN_PATH, adminApp(how));
  openapi(app);
  return app;
}
