import { createRoute, z } from "@hono/zod-openapi";
import { Alias, DeclaredAlias, NewAlias } from "@/contract/alias-schemas";
import { flag, licenseNumber, slice } from "@/contract/fields";
import { declareAlias, previewAlias, removeAlias } from "@/server/assignments/aliases/alias-changes";
import { listAliases } from "@/server/assignments/aliases/alias-list";
import { bodyOf, createdResponse, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, type Clock, onLicense } from "./gate";
import { linked } from "./linked";

const tags = ["Assignments"];
const ofLicense = z.object({ number: licenseNumber });

const list = createRoute({
  method: "get",
  path: "/licenses/{number}/aliases",
  operationId: "listAliases",
  tags,
  summary: "List the subjects that are declared one user, newest first",
  middleware: onLicense("assignments.read"),
  request: { params: ofLicense, query: z.strictObject(slice) },
  responses: { 200: pageOf(Alias, "Aliases") },
});

const declare = createRoute({
  method: "post",
  path: "/licenses/{number}/aliases",
  operationId: "declareAlias",
  tags,
  summary: "Declare two subjects one user, or preview with dryRun",
  description:
    "Where both hold a seat of an allotment, the one that was assigned later is released. A user has 10 aliases at most, and an alias has none.",
  middleware: onLicense("assignments.write"),
  request: {
    params: ofLicense,
    query: z.strictObject({ dryRun: flag.optional() }),
    body: bodyOf(NewAlias),
  },
  responses: {
    200: jsonResponse(DeclaredAlias, "What it would change, or an alias that was declared before"),
    201: createdResponse(DeclaredAlias, "The alias"),
    ...refusals("ALIAS_CHAIN", "INVALID_SUBJECT", "SAME_SUBJECT", "TOO_MANY_ALIASES"),
  },
});

const remove = createRoute({
  method: "delete",
  path: "/licenses/{number}/aliases/{id}",
  operationId: "removeAlias",
  tags,
  summary: "Remove an alias; the seats stay with the user",
  middleware: onLicense("assignments.write"),
  request: { params: ofLicense.extend({ id: z.uuid() }) },
  responses: { 204: empty },
});

export function aliases(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => {
    const { number } = c.req.valid("param");
    return c.json(linked(c, await listAliases(number, c.req.valid("query"))), 200);
  });
  app.openapi(declare, async (c) => {
    const { number: license } = c.req.valid("param");
    const scope = { license, actor: c.get("actor"), now: clock() };
    const named = c.req.valid("json");
    const { dryRun = false } = c.req.valid("query");
    if (dryRun) return c.json({ id: null, ...(await previewAlias(scope, named)) }, 200);
    const { isNew, ...made } = await declareAlias(scope, named);
    if (!isNew) return c.json(made, 200);
    return c.json(made, 201, { Location: `/api/v1/admin/licenses/${license}/aliases/${made.id}` });
  });
  app.openapi(remove, async (c) => {
    const { number: license, id } = c.req.valid("param");
    await removeAlias({ license, actor: c.get("actor"), now: clock() }, id);
    return c.body(null, 204);
  });
}
