import { beforeAll, expect, test, vi } from "vitest";
import { ROLES, type Role } from "@/domain/roles";
import { SYSTEM } from "@/server/access/actor";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { makeWebhook } from "@/server/testing/test-webhooks";
import { type Client, clientAs, clientOf } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

type Rights = [owner: number, issuer: number, admin: number, auditor: number];

/**
 * The status for each role on each route, in the order owner, issuer, license-admin, auditor. 422 and 428 mean that
 * the role may: the body is empty.
 */
const TABLE: Record<string, Rights> = {
  "GET /customers": [200, 200, 200, 200],
  "POST /customers": [422, 422, 403, 403],
  "GET /customers/{id}": [200, 200, 200, 200],
  "PATCH /customers/{id}": [422, 422, 403, 403],
  "GET /customers/{id}/notes": [200, 200, 404, 200],
  "PUT /customers/{id}/notes": [200, 200, 404, 403],
  "GET /licenses": [200, 200, 200, 200],
  "POST /licenses": [422, 422, 403, 403],
  "GET /licenses/{number}": [200, 200, 200, 200],
  "GET /license-templates": [200, 200, 403, 403],
  "POST /license-templates": [422, 422, 403, 403],
  "DELETE /license-templates/{id}": [404, 404, 403, 403],
  "POST /bulk-creations": [422, 422, 403, 403],
  "GET /bulk-creations/{id}": [404, 404, 403, 403],
  "DELETE /bulk-creations/{id}": [404, 404, 403, 403],
  "PATCH /licenses/{number}": [200, 200, 200, 403],
  "PUT /licenses/{number}/definition": [422, 422, 403, 403],
  "GET /licenses/{number}/notes": [200, 200, 404, 200],
  "PUT /licenses/{number}/notes": [200, 200, 404, 403],
  "GET /licenses/{number}/keys": [200, 200, 200, 200],
  "POST /licenses/{number}/keys": [201, 201, 403, 403],
  "POST /keys/{jti}/reveal": [200, 200, 200, 403],
  "POST /keys/{jti}/revoke": [204, 409, 403, 403],
  "GET /licenses/{number}/checkouts": [200, 200, 200, 200],
  "POST /licenses/{number}/checkouts": [422, 422, 422, 403],
  "GET /checkouts/{id}": [200, 200, 200, 403],
  "POST /checkouts/{id}/return": [204, 409, 409, 403],
  "GET /licenses/{number}/usage": [200, 200, 200, 200],
  "GET /licenses/{number}/usage/top": [422, 422, 422, 422],
  "GET /licenses/{number}/leases": [200, 200, 200, 200],
  "POST /licenses/{number}/leases/{lease}/release": [422, 422, 422, 403],
  "POST /licenses/{number}/leases/end-hold": [422, 403, 403, 403],
  "GET /licenses/{number}/sessions": [200, 200, 200, 200],
  "GET /licenses/{number}/denials": [200, 403, 200, 200],
  "GET /licenses/{number}/assignments": [200, 403, 200, 200],
  "POST /licenses/{number}/assignments": [422, 403, 422, 403],
  "DELETE /licenses/{number}/assignments/{instance}": [404, 403, 404, 403],
  "POST /licenses/{number}/assignments/{instance}/link": [422, 403, 422, 403],
  "POST /licenses/{number}/assignments/actions/assign": [422, 403, 422, 403],
  "POST /licenses/{number}/assignments/actions/release": [422, 403, 422, 403],
  "POST /licenses/{number}/assignments/actions/convert": [422, 403, 422, 403],
  "POST /users/search": [200, 403, 200, 200],
  "POST /users/read": [422, 403, 422, 422],
  "POST /users/release": [422, 403, 422, 403],
  "POST /users/release/undo": [422, 403, 422, 403],
  "GET /licenses/{number}/aliases": [200, 403, 200, 200],
  "POST /licenses/{number}/aliases": [422, 403, 422, 403],
  "DELETE /licenses/{number}/aliases/{id}": [404, 403, 404, 403],
  "GET /licenses/{number}/logs": [200, 200, 200, 200],
  "POST /licenses/{number}/logs": [422, 403, 422, 403],
  "POST /licenses/{number}/logs/{log}/close": [404, 403, 404, 403],
  "GET /licenses/{number}/logs/{log}/reply": [404, 404, 404, 404],
  "GET /licenses/{number}/deployments": [200, 200, 200, 200],
  "GET /licenses/{number}/deployments/{source}": [404, 404, 404, 404],
  "PATCH /licenses/{number}/deployments/{source}": [422, 403, 422, 403],
  "DELETE /licenses/{number}/deployments/{source}": [404, 403, 404, 403],
  "DELETE /licenses/{number}/deployments/{source}/suspicions/{code}": [404, 403, 404, 403],
  "GET /licenses/{number}/dual-use-offers": [200, 200, 200, 200],
  "POST /licenses/{number}/dual-use-offers": [201, 201, 403, 403],
  "GET /licenses/{number}/dual-use-offers/{id}": [404, 404, 404, 404],
  "PATCH /licenses/{number}/dual-use-offers/{id}": [404, 404, 403, 403],
  "DELETE /licenses/{number}/dual-use-offers/{id}": [404, 404, 403, 403],
  "GET /licenses/{number}/dual-use-requests": [200, 200, 200, 200],
  "POST /licenses/{number}/dual-use-requests/{id}/accept": [404, 403, 404, 403],
  "POST /licenses/{number}/dual-use-requests/{id}/reject": [422, 403, 422, 403],
  "POST /licenses/{number}/dual-use-requests/{id}/withdraw": [404, 403, 404, 403],
  "GET /licenses/{number}/reclaim-rules": [200, 403, 200, 200],
  "GET /licenses/{number}/reclaim-rules/{allotment}": [200, 403, 200, 200],
  "PUT /licenses/{number}/reclaim-rules/{allotment}": [422, 403, 422, 403],
  "POST /licenses/{number}/reclaim-rules/{allotment}/preview": [422, 403, 422, 422],
  "GET /licenses/{number}/reclaim-exemptions": [200, 403, 200, 200],
  "POST /licenses/{number}/reclaim-exemptions": [422, 403, 422, 403],
  "DELETE /licenses/{number}/reclaim-exemptions/{id}": [404, 403, 404, 403],
  "GET /licenses/{number}/reclaim-runs": [200, 403, 200, 200],
  "GET /licenses/{number}/reclaim-runs/{id}": [404, 403, 404, 404],
  "POST /licenses/{number}/reclaim-runs/{id}/cancel": [404, 403, 404, 403],
  "POST /licenses/{number}/reclaim-runs/{id}/undo": [404, 403, 404, 403],
  "GET /licenses/{number}/rejections": [200, 403, 200, 200],
  "GET /licenses/{number}/control": [200, 200, 200, 200],
  "POST /licenses/{number}/control": [201, 201, 403, 403],
  "POST /licenses/{number}/control/reveal": [200, 200, 200, 403],
  "GET /licenses/{number}/lef": [200, 200, 200, 200],
  "GET /licenses/{number}/retrievals": [200, 200, 200, 200],
  "DELETE /licenses/{number}/control": [204, 409, 403, 403],
  "POST /licenses/{number}/migrate": [409, 409, 403, 403],
  "POST /licenses/{number}/migrate/undo": [409, 409, 403, 403],
  "POST /lef/preview": [422, 422, 422, 422],
  "POST /legacy/imports": [422, 422, 403, 403],
  "GET /legacy/imports/{id}": [404, 404, 403, 403],
  "DELETE /legacy/imports/{id}": [404, 404, 403, 403],
  "GET /signing-keys": [200, 200, 404, 200],
  "POST /signing-keys": [201, 403, 404, 403],
  "POST /signing-keys/{kid}/retire": [404, 403, 404, 403],
  "POST /signing-keys/{kid}/withdraw": [404, 403, 404, 403],
  "GET /tokens": [200, 200, 200, 200],
  "POST /tokens": [422, 422, 422, 403],
  "DELETE /tokens/{id}": [404, 404, 404, 403],
  "GET /scim-connections": [200, 404, 200, 200],
  "POST /scim-connections": [422, 404, 422, 403],
  "GET /scim-connections/{id}": [404, 404, 404, 404],
  "PATCH /scim-connections/{id}": [404, 404, 404, 403],
  "DELETE /scim-connections/{id}": [404, 404, 404, 403],
  "GET /scim-connections/{id}/effects": [404, 404, 404, 404],
  "GET /scim-connections/{id}/requests": [404, 404, 404, 404],
  "GET /alerts": [200, 200, 200, 200],
  "POST /alerts/{id}/acknowledge": [404, 404, 404, 403],
  "GET /alert-channels": [200, 200, 404, 200],
  "POST /alert-channels": [422, 403, 404, 403],
  "DELETE /alert-channels/{id}": [404, 403, 404, 403],
  "POST /alert-channels/{id}/test": [404, 403, 404, 403],
  "GET /alert-rules": [200, 200, 200, 200],
  "PUT /alert-rules": [422, 403, 403, 403],
  "DELETE /alert-rules": [204, 403, 403, 403],
  "GET /licenses/{number}/alert-rules": [200, 200, 200, 200],
  "PUT /licenses/{number}/alert-rules": [422, 422, 422, 403],
  "DELETE /licenses/{number}/alert-rules": [204, 204, 204, 403],
  "GET /webhooks": [200, 200, 200, 200],
  "POST /webhooks": [422, 422, 422, 403],
  "GET /webhooks/{id}": [200, 200, 200, 200],
  "PATCH /webhooks/{id}": [200, 200, 200, 403],
  "DELETE /webhooks/{id}": [204, 404, 404, 403],
  "POST /webhooks/{id}/test": [404, 404, 404, 403],
  "POST /webhooks/{id}/rotate": [404, 404, 404, 403],
  "GET /webhooks/{id}/deliveries": [404, 404, 404, 404],
  "GET /deliveries/{id}": [404, 404, 404, 404],
  "POST /deliveries/{id}/resend": [404, 404, 404, 403],
  "GET /events": [200, 200, 200, 200],
  "GET /audit": [200, 200, 200, 200],
  "GET /audit/verify": [422, 422, 422, 422],
};

/** Routes that refuse a token bound to a license, whatever its role. */
const OF_THE_INSTALLATION =
  /^(POST|PATCH) \/customers|^\w+ \/customers\/\{id\}\/notes|^POST \/licenses$|license-templates|bulk-creations|^\w+ \/alert-(rules|channels)|signing-keys|legacy\/imports|webhooks|deliveries/;

const ABSENT = "0f0e0d0c-0b0a-4908-8706-050403020100";
let clients: Record<Role, Client>;
let ids: Record<string, string>;
let outsider: Client;
let bound: Client;

beforeAll(async () => {
  const { number, customer, product } = await makeLicense();
  const other = await makeLicense();
  const { jti } = await issueLicenseKey(number, "", SYSTEM, NOW);
  const webhook = await makeWebhook({ url: "https://example.com/hooks", customer: customer.id });
  const checkout = await issueCheckout(number, { product, source: null }, SYSTEM, NOW);
  ids = {
    number,
    checkout: checkout.id,
    id: customer.id,
    jti,
    instance: "1",
    allotment: "analyzer",
    source: "s",
    code: "two-places",
    kid: ABSENT,
    log: ABSENT,
    lease: ABSENT,
    webhook: webhook.id,
  };
  const made = ROLES.map(async (role) => {
    const customers = role === "license-admin" ? [customer.id] : undefined;
    return [role, await clientAs({ role, customers })] as const;
  });
  clients = Object.fromEntries(await Promise.all(made)) as Record<Role, Client>;
  outsider = await clientAs({ role: "license-admin", customers: [other.customer.id] });
  bound = await clientAs({ role: "owner", license: number });
});

function call(client: Client, route: string, headers?: Record<string, string>) {
  const [method = "", pattern = ""] = route.split(" ");
  const [, noun = ""] = pattern.split("/");
  const id =
    {
      tokens: ABSENT,
      "scim-connections": ABSENT,
      checkouts: ids.checkout,
      webhooks: ids.webhook,
      deliveries: ABSENT,
    }[noun] ?? ids.id;
  const path = pattern.replace(/\{(\w+)\}/g, (_, name) => (name === "id" ? id : ids[name]) ?? "");
  return client(method, path, method === "GET" || method === "DELETE" ? undefined : {}, headers);
}

test("the table has every management route", async () => {
  const { body } = await clientOf(null)("GET", "/api/openapi.json");
  const paths = Object.entries<object>(body.paths).filter(([path]) => path.startsWith("/api/v1/admin"));
  const routes = paths.flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace("/api/v1/admin", "")}`),
  );
  expect(Object.keys(TABLE).sort()).toEqual(routes.sort());
});

test.each(Object.entries(TABLE))("%s returns %j for the roles", async (route, rights) => {
  const responses: number[] = [];
  for (const role of ROLES) responses.push((await call(clients[role], route)).status);
  expect(responses).toEqual(rights);
});

const scoped = Object.keys(TABLE).filter((route) =>
  /\{(number|jti)\}|(customers|checkouts|webhooks)\/\{id\}/.test(route),
);
test.each(scoped)("%s is 404 for the admin of another customer", async (route) => {
  expect((await call(outsider, route)).status).toBe(404);
});

test.each(Object.keys(TABLE))(
  "%s follows the table for a token that is bound to the license",
  async (route) => {
    const { status } = await call(bound, route);
    if (OF_THE_INSTALLATION.test(route)) expect(status).toBe(403);
    else expect(status).not.toBe(403);
  },
);

const posts = Object.keys(TABLE).filter((route) => route.startsWith("POST "));
test.each(posts)("%s takes an Idempotency-Key", async (route) => {
  const { status, body } = await call(clients.owner, route, { "Idempotency-Key": "x".repeat(201) });
  expect([status, body.detail]).toEqual([422, "An Idempotency-Key is a text of 1 to 200 characters."]);
});

test("a license-admin can change settings, but no entitlements", async () => {
  const path = `/licenses/${ids.number}`;
  const admin = clients["license-admin"];
  expect((await admin("PATCH", path, { settings: { autoAssignAnalyzer: true } })).status).toBe(200);
  for (const change of [
    { settings: { graceDays: 3000 } },
    { settings: { leaseDays: 1 } },
    { status: "suspended" },
    { valid: "" },
    { products: ["X"] },
  ])
    expect((await admin("PATCH", path, change)).body.code).toBe("FORBIDDEN");
});
