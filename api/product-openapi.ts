import { createRoute, z } from "@hono/zod-openapi";
import { Definition, Problem } from "./admin/schemas";

// The handlers read the wire by hand, for speed and because a wrong value inside an item is that item's error alone.
// These schemas describe it.

const time = z.iso.datetime();
const source = z
  .string()
  .min(1)
  .max(200)
  .openapi({ description: "Which deployment this is, usually a UUID." });
const userAgent = z
  .string()
  .max(200)
  .optional()
  .openapi({ example: "Licenses/1.6.4 (windows) QSEfW", description: "Wins over the header User-Agent." });
const month = z.string().openapi({ pattern: "^\\d{4}-\\d{2}$", example: "2018-11" });
const units = z.int().min(0).max(1_000_000_000);

const Activation = z
  .looseObject({ cause: z.enum(["Initial", "Update"]), source: source.optional(), userAgent })
  .openapi("Activation");

const DefinitionReply = z
  .looseObject({
    license: z.string(),
    version: z.string().openapi({ example: "7Q2K-0000-0000-0000-9MXT" }),
    epoch: z.string(),
    status: z.enum(["active", "expiring", "grace", "expired", "not-yet-valid"]),
    definition: Definition,
    settings: z.looseObject({
      autoAssignProfessional: z.boolean(),
      autoAssignAnalyzer: z.boolean(),
      subjectMatching: z.enum(["folded", "exact"]),
    }),
    sld: z
      .string()
      .openapi({ description: "The signed definition, base64 JSON, for use without a network." }),
    serverTime: time,
    latestValidTime: time.openapi({ description: "Until when a deployment may run on this answer." }),
    refreshAfter: z.int().openapi({ description: "Seconds." }),
    syncEvery: z.int().openapi({ description: "Seconds." }),
  })
  .openapi("DefinitionReply");

const PortableDefinition = z
  .looseObject({ license: z.string(), sld: z.string() })
  .openapi("PortableDefinition");

const id = z.union([z.string(), z.number()]).openapi({ description: "Matches an answer to its element." });

const ConsumptionReport = z
  .looseObject({
    source,
    userAgent,
    consumption: z
      .array(
        z.looseObject({
          id,
          allotment: z.string(),
          month,
          consumption: units.openapi({ description: "Since this source's last report." }),
          sequence: z.int().min(1).optional().openapi({
            description:
              "Per source, allotment and month: the report is counted once, however often it is sent.",
          }),
        }),
      )
      .max(1000),
  })
  .openapi("ConsumptionReport");

const total = {
  allotment: z.string(),
  month,
  total: z.int(),
  quota: z.int(),
  overage: z.union([z.int(), z.literal("YES")]),
  remaining: z.union([z.int(), z.null()]),
  denied: z.boolean(),
};
const ElementError = z.looseObject({ id, error: z.looseObject({ code: z.string(), detail: z.string() }) });
const ConsumptionReply = z
  .looseObject({
    serverTime: time,
    consumption: z.array(
      z.union([
        z.looseObject({ id, ...total, duplicate: z.boolean(), sequence: z.int().optional() }),
        ElementError,
      ]),
    ),
  })
  .openapi("ConsumptionReply");
const ConsumptionTotals = z
  .looseObject({ serverTime: time, consumption: z.array(z.looseObject(total)) })
  .openapi("ConsumptionTotals");

const base = { license: z.string(), version: z.int(), epoch: z.string() };
const patch = {
  instance: z.string().openapi({ description: "A 63-bit decimal, empty for one that is new." }),
  version: z.int(),
  license: z.string(),
  allotment: z.string(),
  subject: z.string(),
  created: time,
  deleted: time.optional(),
};
const SyncRequest = z
  .looseObject({
    source,
    userAgent,
    after: z.string().optional().openapi({ description: "`more` of the page before." }),
    bases: z.array(z.looseObject({ ...base, epoch: z.string().optional() })),
    patches: z
      .array(z.looseObject({ ...patch, auto: z.boolean().optional(), lastUsed: z.string().optional() }))
      .max(5000),
  })
  .openapi("SyncRequest");
const SyncReply = z
  .looseObject({
    bases: z.array(z.looseObject(base)),
    patches: z.array(
      z.looseObject({
        ...patch,
        excess: z.boolean().optional(),
        rejection: z.string().openapi({ description: "Empty when accepted." }),
      }),
    ),
    snapshot: z.literal(true).optional(),
    more: z.string().optional(),
  })
  .openapi("SyncReply");

const Keys = z
  .looseObject({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) })
  .openapi("JsonWebKeySet");
const Status = z.looseObject({ status: z.string() });

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { "application/json": { schema } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, ...json(schema, "") });
const refused = {
  default: {
    description: "Refused: `code` says why.",
    content: { "application/problem+json": { schema: Problem } },
  },
};

const product = { tags: ["Product protocol"], security: [{ licenseKey: [] }] };
const open = { tags: ["Installation"], security: [] };
const tagged = {
  ETag: { schema: { type: "string" as const } },
  "Signet-Valid-Until": { schema: { type: "string" as const } },
};
const ofSource = z.object({ source: source.optional() });

/** What the API has beside management: the product protocol, and what tells how the installation is. */
export const DESCRIBED = [
  createRoute({
    method: "post",
    path: "/v1/activations",
    ...product,
    summary: "Enter a key, or come back with it",
    request: { body: body(Activation) },
    responses: { 200: json(DefinitionReply, "What the license entitles to"), ...refused },
  }),
  createRoute({
    method: "get",
    path: "/v1/definition",
    ...product,
    summary: "Read the definition in force, which renews the lease",
    request: { query: ofSource, headers: z.object({ "if-none-match": z.string().optional() }) },
    responses: {
      200: { ...json(DefinitionReply, "What the license entitles to"), headers: tagged },
      304: { description: "Unchanged", headers: tagged },
      ...refused,
    },
  }),
  createRoute({
    method: "get",
    path: "/v1/definitions/portable/info",
    ...product,
    summary: "Read the signed definition, for sites without a network",
    request: { query: ofSource },
    responses: { 200: json(PortableDefinition, "The signed definition"), ...refused },
  }),
  createRoute({
    method: "post",
    path: "/v1/consumption",
    ...product,
    summary: "Report what was consumed, and learn the totals of all deployments",
    request: {
      headers: z.object({ "idempotency-key": z.string().optional() }),
      body: body(ConsumptionReport),
    },
    responses: { 200: json(ConsumptionReply, "An answer per element"), ...refused },
  }),
  createRoute({
    method: "get",
    path: "/v1/consumption",
    ...product,
    summary: "Read a month's totals without reporting",
    request: { query: ofSource.extend({ month: month.optional() }) },
    responses: { 200: json(ConsumptionTotals, "A total per allotment"), ...refused },
  }),
  createRoute({
    method: "post",
    path: "/v1/assignments/sync",
    ...product,
    summary: "Send own changes to assignments and get everyone else's",
    request: { body: body(SyncRequest) },
    responses: { 200: json(SyncReply, "An answer per patch, then the changes of others"), ...refused },
  }),
  createRoute({
    method: "get",
    path: "/.well-known/jwks.json",
    ...open,
    summary: "Read the public keys by which license keys verify",
    responses: { 200: json(Keys, "A JWK Set (RFC 7517)") },
  }),
  createRoute({
    method: "get",
    path: "/health",
    ...open,
    summary: "Whether the process lives",
    responses: { 200: json(Status, "It does") },
  }),
  createRoute({
    method: "get",
    path: "/ready",
    ...open,
    summary: "Whether it can serve",
    responses: { 200: json(Status, "It can"), 503: json(Status, "Not now") },
  }),
  createRoute({
    method: "get",
    path: "/metrics",
    tags: ["Installation"],
    security: [{ apiToken: [] }, {}],
    summary: "Read metrics, as an auditor or from this machine",
    responses: {
      200: { description: "Prometheus text", content: { "text/plain": { schema: z.string() } } },
      ...refused,
    },
  }),
  createRoute({
    method: "get",
    path: "/api/openapi.json",
    ...open,
    summary: "Read this description",
    responses: { 200: json(z.looseObject({ openapi: z.string() }), "OpenAPI 3.1") },
  }),
];
