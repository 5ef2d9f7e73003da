import { createRoute, z } from "@hono/zod-openapi";
import { bodyOf, jsonResponse, LOG_REFUSALS, refusals } from "@/api/admin/contract";
import { logBody, UploadedLog } from "@/contract/offline-log-schemas";
import { Activation, DefinitionReply, PortableDefinition } from "@/contract/product-activation-schemas";
import {
  ConsumptionReply,
  ConsumptionReport,
  ConsumptionTotals,
} from "@/contract/product-consumption-schemas";
import { month, source } from "@/contract/product-fields";
import { Keys, Status } from "@/contract/product-key-schemas";
import { LeaseReply, LeaseRequest } from "@/contract/product-lease-schemas";
import { SyncReply, SyncRequest } from "@/contract/product-sync-schemas";
import { RETRIEVE_LEF } from "./product-openapi-lef";

const product = { tags: ["Product protocol"], security: [{ licenseKey: [] }] };
const open = { tags: ["Installation"], security: [] };
const tagged = {
  ETag: { schema: { type: "string" as const } },
  "Signet-Valid-Until": { schema: { type: "string" as const } },
};
/** An object that another specification describes. */
const anyJson = (example: object) => z.record(z.string(), z.unknown()).openapi({ example });
const ofSource = z.object({ source: source.optional() });
const ofProduct = (description: string) =>
  z.object({
    "user-agent": z.string().optional().openapi({ description, example: "Licenses/1.6.4 (windows) QSEfW" }),
  });

/** The operations beside management: the product protocol, and the state of the installation. */
export const DESCRIBED = [
  createRoute({
    method: "post",
    path: "/v1/activations",
    operationId: "activate",
    ...product,
    summary: "Activate a deployment with a license key",
    request: {
      headers: ofProduct("Names the product; required unless the body has `userAgent`."),
      body: bodyOf(Activation),
    },
    responses: {
      200: jsonResponse(DefinitionReply, "The entitlements of the license"),
      ...refusals("INVALID_USER_AGENT"),
    },
  }),
  createRoute({
    method: "get",
    path: "/v1/definition",
    operationId: "readDefinition",
    ...product,
    summary: "Read the definition in force; this renews the lease",
    request: { query: ofSource, headers: z.object({ "if-none-match": z.string().optional() }) },
    responses: {
      200: { ...jsonResponse(DefinitionReply, "The entitlements of the license"), headers: tagged },
      304: { description: "Unchanged", headers: tagged },
    },
  }),
  createRoute({
    method: "get",
    path: "/v1/definitions/portable/info",
    ...product,
    operationId: "readPortableDefinition",
    summary: "Get a signed definition for a deployment without a network; returns the same one within a day",
    request: {
      query: ofSource,
      headers: ofProduct("Names the product; required unless the source has named one before."),
    },
    responses: {
      200: jsonResponse(PortableDefinition, "The signed definition"),
      ...refusals("INVALID_USER_AGENT", "TOO_MANY_CHECKOUTS", "LICENSE_NOT_VALID"),
    },
  }),
  createRoute({
    method: "post",
    path: "/v1/consumption",
    operationId: "reportConsumption",
    ...product,
    summary: "Report consumption, and get the totals of all deployments",
    request: {
      headers: z.object({ "idempotency-key": z.string().optional() }),
      body: bodyOf(ConsumptionReport),
    },
    responses: {
      200: jsonResponse(ConsumptionReply, "A result per element"),
      ...refusals("IDEMPOTENCY_KEY_REUSED"),
    },
  }),
  createRoute({
    method: "get",
    path: "/v1/consumption",
    operationId: "readConsumption",
    ...product,
    summary: "Read a month's totals without reporting",
    request: { query: ofSource.extend({ month: month.optional() }) },
    responses: { 200: jsonResponse(ConsumptionTotals, "A total per allotment") },
  }),
  createRoute({
    method: "post",
    path: "/v1/leases",
    operationId: "reserveMinutes",
    ...product,
    summary: "Reserve minutes of a bounded license, or give them back",
    request: { body: bodyOf(LeaseRequest) },
    responses: { 200: jsonResponse(LeaseReply, "A result per request") },
  }),
  createRoute({
    method: "post",
    path: "/v1/assignments/sync",
    operationId: "syncAssignments",
    ...product,
    summary: "Send changes to assignments, and get those of other deployments",
    request: { body: bodyOf(SyncRequest) },
    responses: {
      200: jsonResponse(SyncReply, "A result per patch, then the changes of others"),
    },
  }),
  RETRIEVE_LEF,
  ...(["assignments", "consumption"] as const).map((kind) =>
    createRoute({
      method: "post",
      path: `/v1/${kind}/log`,
      operationId: kind === "assignments" ? "uploadAssignmentsLog" : "uploadConsumptionLog",
      ...product,
      summary: `Upload the ${kind} log of a deployment without a network, or preview with dryRun`,
      request: { query: z.object({ dryRun: z.enum(["true", "false"]).optional() }), body: logBody },
      responses: {
        200: jsonResponse(UploadedLog, "The result of each line, and the reply for the deployment"),
        ...refusals(...LOG_REFUSALS),
      },
    }),
  ),
  createRoute({
    method: "get",
    path: "/api/schemas/offline-log.json",
    operationId: "getOfflineLogSchema",
    ...open,
    summary: "Read the JSON Schema of an offline log line",
    responses: {
      200: {
        description: "JSON Schema",
        content: { "application/schema+json": { schema: anyJson({ type: "object" }) } },
      },
    },
  }),
  createRoute({
    method: "get",
    path: "/.well-known/jwks.json",
    operationId: "getJwks",
    ...open,
    summary: "Read the public keys that verify license keys",
    responses: { 200: jsonResponse(Keys, "A JWK Set (RFC 7517)") },
  }),
  createRoute({
    method: "get",
    path: "/health",
    operationId: "getHealth",
    ...open,
    summary: "Check that the process is alive",
    responses: { 200: jsonResponse(Status, "It is") },
  }),
  createRoute({
    method: "get",
    path: "/ready",
    operationId: "getReadiness",
    ...open,
    summary: "Check that the server is ready",
    responses: { 200: jsonResponse(Status, "Ready"), 503: jsonResponse(Status, "Not ready") },
  }),
  createRoute({
    method: "get",
    path: "/metrics",
    operationId: "getMetrics",
    tags: ["Installation"],
    security: [{ apiToken: [] }, {}],
    summary: "Read metrics, as an auditor or from the server's own machine",
    responses: {
      200: { description: "Prometheus text", content: { "text/plain": { schema: z.string() } } },
    },
  }),
  createRoute({
    method: "get",
    path: "/api/openapi.json",
    operationId: "getOpenApi",
    ...open,
    summary: "Read this description",
    responses: { 200: jsonResponse(anyJson({ openapi: "3.1.0" }), "OpenAPI 3.1") },
  }),
];
