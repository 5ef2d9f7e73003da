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

type Operation = {
  operationId?: string;
  security?: object[];
  summary?: string;
  parameters?: { name: string }[];
  requestBody?: { content: Record<string, { schema: Body }> };
  responses: Record<string, object>;
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Body>; securitySchemes: object };
};

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

test("every operation says what it does, what it requires and how it refuses", async () => {
  const { paths } = await read();
  for (const [path, methods] of Object.entries(paths))
    for (const { summary, security, responses } of Object.values(methods)) {
      expect(summary, path).toMatch(/^[A-Z].+[^.]$/);
      if (path.startsWith("/v1/")) expect(security).toEqual(path === "/v1/lef" ? [] : [{ licenseKey: [] }]);
      if (path.startsWith("/api/v1/"))
        expect([security, responses.default]).toEqual([undefined, expect.anything()]);
    }
});

test("every list is paged, but those of keys, which are few", async () => {
  const { paths } = await read();
  const whole = Object.entries(paths).flatMap(([path, { get }]) => {
    const isList = JSON.stringify(get?.responses["200"] ?? {}).includes('"cursor"');
    const names = get?.parameters?.map(({ name }) => name) ?? [];
    return isList && !(names.includes("limit") && names.includes("cursor")) ? [path] : [];
  });
  expect(whole.map((path) => path.replace("/api/v1/admin", ""))).toEqual([
    "/licenses/{number}/keys",
    "/signing-keys",
  ]);
});

type Body = { $ref?: string; example?: unknown; required?: string[]; properties?: Record<string, Body> };

test("every operation has a name of its own", async () => {
  const { paths } = await read();
  const names = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId = "" }) => operationId),
  );
  expect(names.filter((name) => !/^[a-z]+([A-Z][a-z]*)*$/.test(name))).toEqual([]);
  expect(names.filter((name, nth) => names.indexOf(name) !== nth)).toEqual([]);
});

test("every body has an example, of the whole or of each of its fields", async () => {
  const { paths, components } = await read();
  const hasExample = (body: Body): boolean => {
    if (body.$ref)
      return hasExample(components.schemas[body.$ref.replace("#/components/schemas/", "")] ?? {});
    if (body.example !== undefined) return true;
    const { required, properties = {} } = body;
    const fields = required ?? Object.keys(properties);
    return fields.length > 0 && fields.every((name) => hasExample(properties[name] ?? {}));
  };
  const without = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap(({ requestBody }) =>
      Object.values(requestBody?.content ?? {}).every(({ schema }) => hasExample(schema)) ? [] : [path],
    ),
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
