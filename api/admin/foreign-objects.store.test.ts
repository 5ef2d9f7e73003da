import { beforeAll, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { activate } from "@/server/deployments/activations";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { keyOf, type TestCaller } from "@/server/testing/test-callers";
import { boundedLicense, runOf } from "@/server/testing/test-leases";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { eventOf, happen, makeWebhook } from "@/server/testing/test-webhooks";
import { type Client, clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

/**
 * Requests for objects of one customer, `:number` being a license. Those that remove an object come last, since the
 * owner of the object sends them too, to prove that they would reach it.
 */
const REQUESTS: [method: string, path: string, body?: object][] = [
  ["DELETE", "/licenses/:number/assignments/:seat"],
  ["DELETE", "/licenses/:number/aliases/:alias"],
  ["GET", "/licenses/:number/dual-use-offers/:offer"],
  ["PATCH", "/licenses/:number/dual-use-offers/:offer", { note: "mine" }],
  ["POST", "/licenses/:number/dual-use-requests/:request/accept"],
  ["POST", "/licenses/:number/dual-use-requests/:request/reject", { reason: "mine" }],
  ["POST", "/licenses/:number/dual-use-requests/:request/withdraw"],
  ["DELETE", "/licenses/:number/dual-use-offers/:offer"],
  ["DELETE", "/licenses/:number/reclaim-exemptions/:exemption"],
  ["POST", "/licenses/:number/leases/:lease/release", { reason: "mine" }],
  ["GET", "/checkouts/:checkout"],
  ["POST", "/checkouts/:checkout/return"],
  ["POST", "/keys/:key/reveal"],
  ["POST", "/keys/:key/revoke", { reason: "mine" }],
  ["GET", "/deliveries/:delivery"],
  ["POST", "/deliveries/:delivery/resend"],
  ["GET", "/webhooks/:webhook"],
  ["GET", "/webhooks/:webhook/deliveries"],
  ["PATCH", "/webhooks/:webhook", { name: "mine" }],
  ["POST", "/webhooks/:webhook/test"],
  ["POST", "/webhooks/:webhook/rotate"],
  ["DELETE", "/webhooks/:webhook"],
  ["GET", "/scim-connections/:connection"],
  ["GET", "/scim-connections/:connection/effects"],
  ["GET", "/scim-connections/:connection/requests"],
  ["PATCH", "/scim-connections/:connection", { report: true }],
  ["DELETE", "/scim-connections/:connection"],
  ["DELETE", "/tokens/:token"],
];

let owner: Client;
let admin: Client;
let stranger: Client;
let ids: Record<string, string>;
let strange: string;

beforeAll(async () => {
  owner = await clientAs({ role: "owner" });
  const license = await boundedLicense();
  const customers = [license.customer.id];
  admin = await clientAs({ role: "license-admin", customers });
  const other = await makeLicense();
  stranger = await clientAs({ role: "license-admin", customers: [other.customer.id] });
  strange = other.number;
  ids = {
    ...(await objectsOf(license.number, license.call)),
    ...(await objectsFor(license.number, customers)),
  };
});

/** What belongs to a license, by the names that the paths above use. */
async function objectsOf(number: string, call: () => TestCaller) {
  const at = `/licenses/${number}`;
  const idOf = async (path: string, body: object) => (await owner("POST", `${at}${path}`, body)).body.id;
  const seat = await owner("POST", `${at}/assignments`, { subject: "acme\\bob", allotment: "analyzer" });
  const alias = await idOf("/aliases", { subject: "acme\\ann", alias: "ann@acme.example" });
  const exemption = await idOf("/reclaim-exemptions", { kind: "pattern", text: "*\\bob" });
  const offer = await idOf("/dual-use-offers", {});
  await activate((await keyOf(number))({ product: "QV" }), "Initial", NOW).catch(() => {});
  const requests = await owner("GET", `${at}/dual-use-requests`);
  const run = runOf(call());
  await run.ask(60);
  return {
    ...{ number, alias, exemption, offer, seat: seat.body.instance, request: requests.body.items[0].id },
    lease: String(run.lease?.lease),
    key: (await issueLicenseKey(number, "", SYSTEM, NOW)).jti,
    checkout: (await issueCheckout(number, { product: "QSEfW", source: null }, SYSTEM, NOW)).id,
  };
}

/** What belongs to a customer. */
async function objectsFor(number: string, customers: string[]) {
  const idOf = async (path: string, body: object) => (await admin("POST", path, body)).body.id;
  const webhook = await makeWebhook({ url: "https://example.com/hooks", customer: customers[0] });
  await happen([eventOf("key.issued", number)]);
  const deliveries = await admin("GET", `/webhooks/${webhook.id}/deliveries`);
  return {
    webhook: webhook.id,
    delivery: deliveries.body.items[0].id,
    connection: await idOf("/scim-connections", { name: "Directory" }),
    token: await idOf("/tokens", { name: "Script", role: "license-admin" }),
  };
}

const sent = (client: Client, [method, path, body]: (typeof REQUESTS)[number], number = ids.number) =>
  client(
    method,
    path.replace(/:(\w+)/g, (_, name) => (name === "number" ? number : ids[name]) ?? ""),
    body,
  );

test.each(REQUESTS)(
  "%s %s is 404 for the admin of another customer, and by another license",
  async (...request) => {
    expect((await sent(stranger, request)).status).toBe(404);
    if (request[1].includes(":number")) expect((await sent(owner, request, strange)).status).toBe(404);
    expect((await sent(owner, request)).status).not.toBe(404);
  },
);
