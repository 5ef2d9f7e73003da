import { offlineLogSchema } from "@/contract/offline-log-schemas";
import { type Env, env } from "@/server/store/env";
import type { newApp } from "./http";
import { describeExamples } from "./openapi-examples";
import { describeIdempotency, describeRepeats } from "./openapi-idempotency";
import { describeLimits } from "./openapi-limits";
import { describeRefusals } from "./openapi-refusals";
import { type Document, operationsOf } from "./openapi-shape";
import { INTRODUCTION, TAGS } from "./openapi-texts";
import { DESCRIBED } from "./product-openapi";
import { PUBLISHED } from "./published-openapi";
import { FACADE } from "./qrs-openapi";
import { SCIM } from "./scim-openapi";

type App = ReturnType<typeof newApp>;

/** `GET /api/openapi.json`: every path of the API, as this process serves it. */
export function openapi(app: App): void {
  const { openAPIRegistry: registry } = app;
  const bearer = { type: "http" as const, scheme: "bearer" };
  registry.registerComponent("securitySchemes", "apiToken", { ...bearer, description: "`sgn_…`" });
  registry.registerComponent("securitySchemes", "licenseKey", { ...bearer, bearerFormat: "JWT" });
  for (const route of [...DESCRIBED, ...PUBLISHED, ...FACADE, ...SCIM]) registry.registerPath(route);
  app.get("/api/schemas/offline-log.json", (c) =>
    c.json(offlineLogSchema(), 200, { "Content-Type": "application/schema+json" }),
  );
  let document: Document | undefined;
  app.get("/api/openapi.json", (c) => {
    document ??= documentOf(app);
    return c.json(document);
  });
}

/** The document of an app's routes, with what its operations have in common. */
export function documentOf(app: App, at: Pick<Env, "PUBLIC_URL" | "PUBLIC_DOOR_URL"> = env()): Document {
  const console = { url: at.PUBLIC_URL, description: "The console's port: every path" };
  const products = { url: at.PUBLIC_DOOR_URL, description: "The port for products" };
  const made = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Signet",
      version: "1",
      description: INTRODUCTION,
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [console],
    security: [{ apiToken: [] }],
    tags: TAGS,
  });
  const document: Document = JSON.parse(JSON.stringify(made)); // routes also carry functions, and share their parts
  document.components.examples = {};
  for (const { path, operation } of operationsOf(document))
    if (isOfProducts(path)) operation.servers = [products, console];
  describeIdempotency(document);
  describeRefusals(document);
  describeExamples(document);
  describeRepeats(document);
  describeLimits(document);
  return document;
}

/** Whether the port for products serves a path too. */
function isOfProducts(path: string): boolean {
  return path.startsWith("/v1/") || ["/.well-known/jwks.json", "/health", "/ready"].includes(path);
}
