import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test, vi } from "vitest";
import type { z } from "zod";
import { clientOf } from "@/api/admin/test-client";
import { NewCheckout } from "@/contract/checkout-schemas";
import { Definition } from "@/contract/definition-schemas";
import { NewDualUseOffer } from "@/contract/dual-use-schemas";
import { LicenseChange, NewLicense } from "@/contract/license-schemas";
import { Activation, ConsumptionReport, SyncRequest } from "@/contract/product-schemas";
import { NewAssignment, NewToken } from "@/contract/schemas";
import { useStore } from "@/server/testing/test-store";
import { type Document, operationsOf, resolved, type Schema } from "./openapi-shape";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

/** The paths of the HTTP contract. */
const CONTRACT = `
POST /v1/activations
GET /v1/definition
GET /v1/definitions/portable/info
POST /v1/consumption
GET /v1/consumption
POST /v1/assignments/sync
POST /v1/lef
POST /v1/assignments/log
POST /v1/consumption/log
GET /api/schemas/offline-log.json
GET /.well-known/jwks.json
GET /health
GET /ready
GET /metrics
GET /api/openapi.json
GET /api/v1/admin/customers
POST /api/v1/admin/customers
GET /api/v1/admin/customers/{id}
PATCH /api/v1/admin/customers/{id}
GET /api/v1/admin/licenses
POST /api/v1/admin/licenses
GET /api/v1/admin/licenses/{number}
PATCH /api/v1/admin/licenses/{number}
PUT /api/v1/admin/licenses/{number}/definition
GET /api/v1/admin/licenses/{number}/keys
POST /api/v1/admin/licenses/{number}/keys
POST /api/v1/admin/keys/{jti}/reveal
POST /api/v1/admin/keys/{jti}/revoke
GET /api/v1/admin/licenses/{number}/checkouts
POST /api/v1/admin/licenses/{number}/checkouts
GET /api/v1/admin/checkouts/{id}
POST /api/v1/admin/checkouts/{id}/return
GET /api/v1/admin/licenses/{number}/usage
GET /api/v1/admin/licenses/{number}/usage/top
GET /api/v1/admin/licenses/{number}/sessions
GET /api/v1/admin/licenses/{number}/denials
GET /api/v1/admin/licenses/{number}/assignments
POST /api/v1/admin/licenses/{number}/assignments
DELETE /api/v1/admin/licenses/{number}/assignments/{instance}
POST /api/v1/admin/licenses/{number}/assignments/{instance}/link
GET /api/v1/admin/licenses/{number}/logs
POST /api/v1/admin/licenses/{number}/logs
POST /api/v1/admin/licenses/{number}/logs/{log}/close
GET /api/v1/admin/licenses/{number}/logs/{log}/reply
GET /api/v1/admin/licenses/{number}/deployments
GET /api/v1/admin/licenses/{number}/deployments/{source}
PATCH /api/v1/admin/licenses/{number}/deployments/{source}
DELETE /api/v1/admin/licenses/{number}/deployments/{source}
DELETE /api/v1/admin/licenses/{number}/deployments/{source}/suspicions/{code}
GET /api/v1/admin/licenses/{number}/rejections
GET /api/v1/admin/licenses/{number}/dual-use-offers
POST /api/v1/admin/licenses/{number}/dual-use-offers
GET /api/v1/admin/licenses/{number}/dual-use-offers/{id}
PATCH /api/v1/admin/licenses/{number}/dual-use-offers/{id}
DELETE /api/v1/admin/licenses/{number}/dual-use-offers/{id}
GET /api/v1/admin/licenses/{number}/dual-use-requests
POST /api/v1/admin/licenses/{number}/dual-use-requests/{id}/accept
POST /api/v1/admin/licenses/{number}/dual-use-requests/{id}/reject
POST /api/v1/admin/licenses/{number}/dual-use-requests/{id}/withdraw
GET /api/v1/admin/licenses/{number}/control
POST /api/v1/admin/licenses/{number}/control
DELETE /api/v1/admin/licenses/{number}/control
POST /api/v1/admin/licenses/{number}/control/reveal
GET /api/v1/admin/licenses/{number}/lef
GET /api/v1/admin/licenses/{number}/retrievals
POST /api/v1/admin/licenses/{number}/migrate
POST /api/v1/admin/licenses/{number}/migrate/undo
POST /api/v1/admin/lef/preview
POST /api/v1/admin/legacy/imports
GET /api/v1/admin/legacy/imports/{id}
DELETE /api/v1/admin/legacy/imports/{id}
GET /api/v1/admin/signing-keys
POST /api/v1/admin/signing-keys
POST /api/v1/admin/signing-keys/{kid}/retire
POST /api/v1/admin/signing-keys/{kid}/withdraw
GET /api/v1/admin/tokens
POST /api/v1/admin/tokens
DELETE /api/v1/admin/tokens/{id}
GET /api/v1/admin/audit
GET /api/v1/admin/audit/verify`;

vi.stubEnv("PUBLIC_URL", "https://licenses.acme.test");
vi.stubEnv("PUBLIC_DOOR_URL", "https://products.acme.test");

async function read(): Promise<Document> {
  const { status, body } = await clientOf(null)("GET", "/api/openapi.json");
  expect(status).toBe(200);
  return body;
}

test("every path of the contract is described with its full prefix, and no other", async () => {
  const { paths, openapi } = await read();
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(openapi).toBe("3.1.0");
  expect(described.sort()).toEqual(CONTRACT.trim().split("\n").sort());
});

test("Redocly's recommended rules find nothing", async () => {
  const source = JSON.stringify(await read());
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
    [],
  );
});

test("every operation says what it does, what it requires, where it is served and how it refuses", async () => {
  const document = await read();
  const groups = document.tags.map(({ name }) => name);
  for (const { path, operation } of operationsOf(document)) {
    const { summary, security, responses, servers, tags = [] } = operation;
    expect(summary, path).toMatch(/^[A-Z].+[^.]$/);
    expect(groups, path).toEqual(expect.arrayContaining(tags));
    expect(Object.keys(responses), path).toContain("400");
    expect(Object.keys(responses), path).not.toContain("default");
    if (path.startsWith("/v1/")) {
      expect(security).toEqual(path === "/v1/lef" ? [] : [{ licenseKey: [] }]);
      expect(servers?.map(({ url }) => url)).toEqual([
        "https://products.acme.test",
        "https://licenses.acme.test",
      ]);
    }
    if (path.startsWith("/api/v1/")) {
      expect(security).toBeUndefined();
      for (const status of ["401", "403", "500", "503"]) expect(responses, path).toHaveProperty(status);
    }
  }
  expect(document.servers.map(({ url }) => url)).toEqual(["https://licenses.acme.test"]);
});

test("a refusal lists its codes, each with an example, and no status has a code of another", async () => {
  const { paths, components } = await read();
  const { put } = paths["/api/v1/admin/licenses/{number}/definition"] ?? {};
  expect(put?.responses["428"]?.["x-codes"]).toEqual(["IF_MATCH_REQUIRED"]);
  expect(put?.responses["409"]?.["x-codes"]).toEqual(["NOTHING_TO_CORRECT", "USAGE_CLASS_FIXED"]);
  expect(put?.parameters).toContainEqual(expect.objectContaining({ name: "if-match", required: true }));
  for (const { path, operation } of operationsOf({ paths }))
    for (const [status, { content = {}, "x-codes": codes = [] }] of Object.entries(operation.responses)) {
      const examples = Object.keys(content["application/problem+json"]?.examples ?? {});
      expect(examples, `${path} ${status}`).toEqual(codes);
      for (const code of codes) expect(components.examples).toHaveProperty(code);
    }
});

test("every response and every parameter of a path has an example", async () => {
  const without = operationsOf(await read()).flatMap(({ path, operation }) => [
    ...Object.values(operation.responses).flatMap(({ content = {} }) =>
      Object.values(content).some(({ schema, example, examples }) => !(example ?? examples ?? schema.example))
        ? [path]
        : [],
    ),
    ...(operation.parameters ?? []).filter((one) => one.in === "path" && one.example === undefined),
  ]);
  expect(without).toEqual([]);
});

test("every list is paged", async () => {
  const lists = operationsOf(await read()).filter(({ operation }) =>
    JSON.stringify(operation.responses["200"]?.content ?? {}).includes('"cursor"'),
  );
  expect(lists.length).toBeGreaterThan(10);
  for (const { path, operation } of lists) {
    const names = operation.parameters?.map(({ name }) => name);
    expect(names, path).toEqual(expect.arrayContaining(["limit", "cursor"]));
    expect(operation.responses["200"]?.headers, path).toHaveProperty("Link");
  }
});

test("every operation has a name of its own", async () => {
  const names = operationsOf(await read()).map(({ operation }) => operation.operationId);
  expect(names.filter((name) => !/^[a-z]+([A-Z][a-z]*)*$/.test(name))).toEqual([]);
  expect(names.filter((name, nth) => names.indexOf(name) !== nth)).toEqual([]);
});

test("every body has an example, of the whole or of each of its fields", async () => {
  const document = await read();
  const hasExample = (body: Schema): boolean => {
    const { example, required, properties = {} } = resolved(document, body);
    if (example !== undefined) return true;
    const fields = required ?? Object.keys(properties);
    return fields.length > 0 && fields.every((name) => hasExample(properties[name] ?? {}));
  };
  const without = operationsOf(document).flatMap(({ path, operation }) =>
    Object.values(operation.requestBody?.content ?? {}).every(({ schema }) => hasExample(schema))
      ? []
      : [path],
  );
  expect(without).toEqual([]);
});

test.each([
  ["Definition", Definition],
  ["NewLicense", NewLicense],
  ["LicenseChange", LicenseChange],
  ["NewAssignment", NewAssignment],
  ["NewToken", NewToken],
  ["NewCheckout", NewCheckout],
  ["NewDualUseOffer", NewDualUseOffer],
  ["Activation", Activation],
  ["ConsumptionReport", ConsumptionReport],
  ["SyncRequest", SyncRequest],
])("the example of %s is valid", async (name, schema: z.ZodType) => {
  const { components } = await read();
  expect(schema.safeParse(components.schemas[name]?.example)).toMatchObject({ success: true });
});

test("every reference resolves to a component, and a nullable member stays nullable", async () => {
  const document = await read();
  const text = JSON.stringify(document);
  for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    expect(document.components.schemas).toHaveProperty(name);
  const usage = JSON.stringify(document.components.schemas.MonthUsage);
  expect(usage).toContain('"null"');
  expect(Object.keys(document.components.securitySchemes)).toEqual(["apiToken", "licenseKey"]);
});
