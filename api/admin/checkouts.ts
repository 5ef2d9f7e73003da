import { createRoute, z } from "@hono/zod-openapi";
import { Checkout, CheckoutReturn, NewCheckout, SignedCheckout } from "@/contract/checkout-schemas";
import { licenseNumber, slice } from "@/contract/fields";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { downloadCheckout, listCheckouts, returnCheckout } from "@/server/checkouts/checkouts";
import { bodyOf, conflicts, createdResponse, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, type Clock, onCheckout, onLicense } from "./gate";
import { linked } from "./linked";

const tags = ["Signed definitions"];
const ofLicense = z.object({ number: licenseNumber });
const one = z.object({ id: z.uuid() });

const list = createRoute({
  method: "get",
  path: "/licenses/{number}/checkouts",
  operationId: "listCheckouts",
  tags,
  summary: "List the signed definitions issued for deployments without a network, newest first",
  middleware: onLicense("checkouts.read"),
  request: { params: ofLicense, query: z.strictObject(slice) },
  responses: { 200: pageOf(Checkout, "Checkouts") },
});

const issue = createRoute({
  method: "post",
  path: "/licenses/{number}/checkouts",
  operationId: "issueCheckout",
  tags,
  summary: "Issue a signed definition for a deployment without a network",
  middleware: onLicense("checkouts.write"),
  request: { params: ofLicense, body: bodyOf(NewCheckout) },
  responses: {
    201: createdResponse(SignedCheckout, "The signed definition"),
    ...refusals(
      "TOO_MANY_CHECKOUTS",
      "LICENSE_NOT_VALID",
      "LICENSE_REVOKED",
      "LICENSE_SUSPENDED",
      "PRODUCT_NOT_LICENSED",
    ),
    ...conflicts("NO_AVAILABLE_UNITS"),
  },
});

const download = createRoute({
  method: "get",
  path: "/checkouts/{id}",
  operationId: "downloadCheckout",
  tags,
  summary: "Download a signed definition again, byte for byte the same; recorded in the audit log",
  middleware: onCheckout("checkouts.write"),
  request: { params: one },
  responses: {
    200: jsonResponse(SignedCheckout, "The signed definition"),
    ...refusals("CHECKOUT_OVER", "KEY_WITHDRAWN"),
  },
});

const giveBack = createRoute({
  method: "post",
  path: "/checkouts/{id}/return",
  operationId: "returnCheckout",
  tags,
  summary: "Mark a signed definition as returned",
  middleware: onCheckout("checkouts.write"),
  request: { params: one, body: bodyOf(CheckoutReturn) },
  responses: {
    204: empty,
    ...refusals("CHECKOUT_OVER"),
  },
});

export function checkouts(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) =>
    c.json(linked(c, await listCheckouts(c.req.valid("param").number, c.req.valid("query"), clock())), 200),
  );
  app.openapi(issue, async (c) => {
    const { number } = c.req.valid("param");
    const checkout = await issueCheckout(number, c.req.valid("json"), c.get("actor"), clock());
    c.header("Cache-Control", "no-store");
    return c.json(checkout, 201, { Location: `/api/v1/admin/checkouts/${checkout.id}` });
  });
  app.openapi(download, async (c) => {
    const checkout = await downloadCheckout(c.req.valid("param").id, c.get("actor"), clock());
    return c.json(checkout, 200, { "Cache-Control": "no-store" });
  });
  app.openapi(giveBack, async (c) => {
    await returnCheckout(c.req.valid("param").id, c.req.valid("json").reason, c.get("actor"), clock());
    return c.body(null, 204);
  });
}
