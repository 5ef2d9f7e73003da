import { health } from "./health";
import { newApp } from "./http";
import { productApp } from "./product/app";

/** Every path of the HTTP API, as the console's port serves it. */
export function createApi(how: { clock: () => Date }) {
  const app = newApp();
  health(app);
  app.route("/", productApp(how));
  return app;
}
