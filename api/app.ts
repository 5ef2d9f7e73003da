import { ADMIN_PATH, adminApp } from "./admin/app";
import { health } from "./health";
import { newApp } from "./http";
import { metrics } from "./metrics-route";
import { openapi } from "./openapi";
import { productApp } from "./product/app";

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
