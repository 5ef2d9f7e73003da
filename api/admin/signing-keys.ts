import { createRoute, z } from "@hono/zod-openapi";
import { flag, slice } from "@/contract/fields";
import { SigningKey } from "@/contract/schemas";
import { pageOfSigningKeys } from "@/server/keys/signing-key-list";
import { retireSigningKey, rotateSigningKey, withdrawSigningKey } from "@/server/keys/signing-keys";
import { createdResponse, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";
import { linked } from "./linked";

const tags = ["Signing keys"];
const one = z.object({ kid: z.uuid() });

const list = createRoute({
  method: "get",
  path: "/signing-keys",
  operationId: "listSigningKeys",
  tags,
  summary: "List signing keys, newest first",
  middleware: allowed("signing-keys.read"),
  request: { query: z.strictObject(slice) },
  responses: { 200: pageOf(SigningKey, "Signing keys"), ...refusals("NOT_FOUND") },
});

const rotate = createRoute({
  method: "post",
  path: "/signing-keys",
  operationId: "rotateSigningKey",
  tags,
  summary: "Rotate: create a new key that signs from now on",
  middleware: allowed("signing-keys.write"),
  responses: { 201: createdResponse(z.object({ kid: z.uuid() }), "The new key"), ...refusals("NOT_FOUND") },
});

const retire = createRoute({
  method: "post",
  path: "/signing-keys/{kid}/retire",
  operationId: "retireSigningKey",
  tags,
  summary: "Retire a key that no longer signs",
  middleware: allowed("signing-keys.write"),
  request: { params: one },
  responses: { 204: empty, ...refusals("SIGNING_KEY_ACTIVE", "KEY_WITHDRAWN") },
});

const withdraw = createRoute({
  method: "post",
  path: "/signing-keys/{kid}/withdraw",
  operationId: "withdrawSigningKey",
  tags,
  summary: "Withdraw a key: everything it signed is no longer valid. Preview with dryRun",
  middleware: allowed("signing-keys.write"),
  request: { params: one, query: z.strictObject({ dryRun: flag.optional() }) },
  responses: {
    200: jsonResponse(z.object({ stops: z.int() }), "How many license keys in use stop"),
    ...refusals("SIGNING_KEY_ACTIVE"),
  },
});

export function signingKeys(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => c.json(linked(c, await pageOfSigningKeys(c.req.valid("query"))), 200));
  app.openapi(rotate, async (c) => {
    const key = await rotateSigningKey(c.get("actor"), clock());
    return c.json(key, 201, { Location: `/api/v1/admin/signing-keys/${key.kid}` });
  });
  app.openapi(retire, async (c) => {
    await retireSigningKey(c.req.valid("param").kid, c.get("actor"), clock());
    return c.body(null, 204);
  });
  app.openapi(withdraw, async (c) => {
    const { dryRun = false } = c.req.valid("query");
    return c.json(await withdrawSigningKey(c.req.valid("param").kid, dryRun, c.get("actor"), clock()), 200);
  });
}
