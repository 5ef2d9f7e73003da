import { offlineLogSchema } from "@/contract/offline-log-schemas";
import type { newApp } from "./http";
import { DESCRIBED } from "./product-openapi";

type App = ReturnType<typeof newApp>;

/** `GET /api/openapi.json`: every path of the API, as this process serves it. */
export function openapi(app: App): void {
  const { openAPIRegistry: registry } = app;
  const bearer = { type: "http" as const, scheme: "bearer" };
  registry.registerComponent("securitySchemes", "apiToken", { ...bearer, description: "`sgn_…`" });
  registry.registerComponent("securitySchemes", "licenseKey", { ...bearer, bearerFormat: "JWT" });
  for (const route of DESCRIBED) registry.registerPath(route);
  app.get("/api/schemas/offline-log.json", (c) =>
    c.json(offlineLogSchema(), 200, { "Content-Type": "application/schema+json" }),
  );
  let document: object | undefined;
  app.get("/api/openapi.json", (c) => {
    document ??= documentOf(app);
    return c.json(document);
  });
}

function documentOf(app: App): object {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Signet",
      version: "1",
      description: "The management API uses API tokens; the product protocol uses signed license keys.",
    },
    security: [{ apiToken: [] }],
  });
}
