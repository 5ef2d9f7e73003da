import { createRoute, z } from "@hono/zod-openapi";
import { answer, bodyOf, refused } from "./admin/contract";
import { logBody, UploadedLog } from "./offline-log-schemas";
import { RETRIEVE_LEF } from "./product-openapi-lef";
import {
  Activation,
  ConsumptionReply,
  ConsumptionReport,
  ConsumptionTotals,
  DefinitionReply,
  Keys,
  month,
  PortableDefinition,
  Status,
  SyncReply,
  SyncRequest,
  source,
} from "./product-schemas";

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
    request: { body: bodyOf(Activation) },
    responses: { 200: answer(DefinitionReply, "What the license entitles to"), ...refused },
  }),
  createRoute({
    method: "get",
    path: "/v1/definition",
    ...product,
    summary: "Read the definition in force, which renews the lease",
    request: { query: ofSource, headers: z.object({ "if-none-match": z.string().optional() }) },
    responses: {
      200: { ...answer(DefinitionReply, "What the license entitles to"), headers: tagged },
      304: { description: "Unchanged", headers: tagged },
      ...refused,
    },
  }),
  createRoute({
    method: "get",
    path: "/v1/definitions/portable/info",
    ...product,
    operationId: "readPortableDefinition",
    summary: "Get a signed definition for a site without a network; within a day the same one again",
    request: { query: ofSource },
    responses: { 200: answer(PortableDefinition, "The signed definition"), ...refused },
  }),
  createRoute({
    method: "post",
    path: "/v1/consumption",
    ...product,
    summary: "Report what was consumed, and learn the totals of all deployments",
    request: {
      headers: z.object({ "idempotency-key": z.string().optional() }),
      body: bodyOf(ConsumptionReport),
    },
    responses: { 200: answer(ConsumptionReply, "An answer per element"), ...refused },
  }),
  createRoute({
    method: "get",
    path: "/v1/consumption",
    ...product,
    summary: "Read a month's totals without reporting",
    request: { query: ofSource.extend({ month: month.optional() }) },
    responses: { 200: answer(ConsumptionTotals, "A total per allotment"), ...refused },
  }),
  createRoute({
    method: "post",
    path: "/v1/assignments/sync",
    ...product,
    summary: "Send own changes to assignments and get everyone else's",
    request: { body: bodyOf(SyncRequest) },
    responses: { 200: answer(SyncReply, "An answer per patch, then the changes of others"), ...refused },
  }),
  RETRIEVE_LEF,
  ...(["assignments", "consumption"] as const).map((kind) =>
    createRoute({
      method: "post",
      path: `/v1/${kind}/log`,
      ...product,
      summary: `Upload the log of ${kind} of a site without a network, or try it with dryRun`,
      request: { query: z.object({ dryRun: z.enum(["true", "false"]).optional() }), body: logBody },
      responses: {
        200: answer(UploadedLog, "What became of its lines, and the reply for the site"),
        ...refused,
      },
    }),
  ),
  createRoute({
    method: "get",
    path: "/api/schemas/offline-log.json",
    ...open,
    summary: "Read the JSON Schema of a line of an offline log",
    responses: { 200: answer(z.looseObject({ $schema: z.string() }), "JSON Schema") },
  }),
  createRoute({
    method: "get",
    path: "/.well-known/jwks.json",
    ...open,
    summary: "Read the public keys by which license keys verify",
    responses: { 200: answer(Keys, "A JWK Set (RFC 7517)") },
  }),
  createRoute({
    method: "get",
    path: "/health",
    ...open,
    summary: "Whether the process lives",
    responses: { 200: answer(Status, "It does") },
  }),
  createRoute({
    method: "get",
    path: "/ready",
    ...open,
    summary: "Whether it can serve",
    responses: { 200: answer(Status, "It can"), 503: answer(Status, "Not now") },
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
    responses: { 200: answer(z.looseObject({ openapi: z.string() }), "OpenAPI 3.1") },
  }),
];
