import { createRoute, z } from "@hono/zod-openapi";
import { slice } from "@/contract/fields";
import { NewToken, ShownToken, Token } from "@/contract/token-schemas";
import { createToken, listTokens, revokeToken } from "@/server/identity/tokens";
import { bodyOf, createdResponse, empty, pageOf, refusals } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";
import { linked } from "./linked";

const tags = ["Tokens"];

const list = createRoute({
  method: "get",
  path: "/tokens",
  operationId: "listTokens",
  tags,
  summary: "List tokens, newest first: all of them for owners and auditors, otherwise your own",
  middleware: allowed("tokens.read"),
  request: { query: z.strictObject(slice) },
  responses: { 200: pageOf(Token, "Tokens") },
});

const create = createRoute({
  method: "post",
  path: "/tokens",
  operationId: "createToken",
  tags,
  summary: "Create a token; only this response contains its text",
  middleware: allowed("tokens.write"),
  request: { body: bodyOf(NewToken) },
  responses: { 201: createdResponse(ShownToken, "The token"), ...refusals("NOT_FOUND") },
});

const revoke = createRoute({
  method: "delete",
  path: "/tokens/{id}",
  operationId: "revokeToken",
  tags,
  summary: "Revoke a token immediately and permanently",
  middleware: allowed("tokens.write"),
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 204: empty, ...refusals("ALREADY_REVOKED") },
});

export function tokens(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) =>
    c.json(linked(c, await listTokens(c.get("principal"), c.req.valid("query"))), 200),
  );
  app.openapi(create, async (c) => {
    const token = await createToken(c.get("principal"), c.req.valid("json"), c.get("actor"), clock());
    c.header("Cache-Control", "no-store");
    return c.json(token, 201, { Location: `/api/v1/admin/tokens/${token.id}` });
  });
  app.openapi(revoke, async (c) => {
    await revokeToken(c.get("principal"), c.req.valid("param").id, c.get("actor"), clock());
    return c.body(null, 204);
  });
}
