import { createRoute, z } from "@hono/zod-openapi";
import { licenseNumber, slice } from "@/contract/fields";
import { LicenseKey, NewKey, Revocation, ShownKey } from "@/contract/schemas";
import {
  issueLicenseKey,
  pageOfLicenseKeys,
  revealLicenseKey,
  revokeLicenseKey,
} from "@/server/keys/license-keys";
import { bodyOf, createdResponse, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, type Clock, onKey, onLicense } from "./gate";
import { linked } from "./linked";

const tags = ["Keys"];
const ofLicense = z.object({ number: licenseNumber });
const one = z.object({ jti: z.uuid() });

const list = createRoute({
  method: "get",
  path: "/licenses/{number}/keys",
  operationId: "listLicenseKeys",
  tags,
  summary: "List a license's keys, newest first",
  middleware: onLicense("keys.read"),
  request: { params: ofLicense, query: z.strictObject(slice) },
  responses: { 200: pageOf(LicenseKey, "Keys") },
});

const issue = createRoute({
  method: "post",
  path: "/licenses/{number}/keys",
  operationId: "issueLicenseKey",
  tags,
  summary: "Issue a signed license key",
  middleware: onLicense("keys.issue"),
  request: { params: ofLicense, body: bodyOf(NewKey) },
  responses: { 201: createdResponse(ShownKey, "The key"), ...refusals("LICENSE_REVOKED") },
});

const reveal = createRoute({
  method: "post",
  path: "/keys/{jti}/reveal",
  operationId: "revealLicenseKey",
  tags,
  summary: "Show a key again; recorded in the audit log",
  middleware: onKey("keys.reveal"),
  request: { params: one },
  responses: { 200: jsonResponse(ShownKey, "The key"), ...refusals("KEY_WITHDRAWN") },
});

const revoke = createRoute({
  method: "post",
  path: "/keys/{jti}/revoke",
  operationId: "revokeLicenseKey",
  tags,
  summary: "Revoke a key immediately and permanently",
  middleware: onKey("keys.revoke"),
  request: { params: one, body: bodyOf(Revocation) },
  responses: { 204: empty, ...refusals("ALREADY_REVOKED") },
});

export function keys(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => {
    const page = await pageOfLicenseKeys(c.req.valid("param").number, c.req.valid("query"));
    return c.json(linked(c, page), 200);
  });
  app.openapi(issue, async (c) => {
    const { number } = c.req.valid("param");
    const key = await issueLicenseKey(number, c.req.valid("json").label, c.get("actor"), clock());
    c.header("Cache-Control", "no-store");
    return c.json(key, 201, { Location: `/api/v1/admin/keys/${key.jti}` });
  });
  app.openapi(reveal, async (c) => {
    const key = await revealLicenseKey(c.req.valid("param").jti, c.get("actor"), clock());
    return c.json(key, 200, { "Cache-Control": "no-store" });
  });
  app.openapi(revoke, async (c) => {
    const { jti } = c.req.valid("param");
    await revokeLicenseKey(jti, c.req.valid("json").reason, c.get("actor"), clock());
    return c.body(null, 204);
  });
}
