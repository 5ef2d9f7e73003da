import { createRoute, z } from "@hono/zod-openapi";
import { licenseNumber, slice } from "@/contract/fields";
import { Control, LefPreview, LefText, Retrieval, ShownControl, WrittenLef } from "@/contract/legacy-schemas";
import { ShownKey } from "@/contract/schemas";
import { readLef } from "@/domain/legacy/lef-reading";
import { controlOf, createControl, revealControl, revokeControl } from "@/server/legacy/control-numbers";
import { migrateToKey, undoMigration } from "@/server/legacy/key-migration";
import { lefOfLicense, listRetrievals } from "@/server/legacy/retrievals";
import { bodyOf, createdResponse, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, allowed, type Clock, onLicense } from "./gate";
import { linked } from "./linked";

const tags = ["Legacy"];
const one = z.object({ number: licenseNumber });

const read = createRoute({
  method: "get",
  path: "/licenses/{number}/control",
  operationId: "getControl",
  tags,
  summary: "Read the state of the license's control number",
  middleware: onLicense("control.read"),
  request: { params: one },
  responses: { 200: jsonResponse(Control, "The state; never the control number") },
});

const create = createRoute({
  method: "post",
  path: "/licenses/{number}/control",
  operationId: "createControl",
  tags,
  summary: "Create a control number; this closes the open one",
  middleware: onLicense("control.write"),
  request: { params: one },
  responses: { 201: createdResponse(ShownControl, "The control number"), ...refusals("MIGRATED") },
});

const reveal = createRoute({
  method: "post",
  path: "/licenses/{number}/control/reveal",
  operationId: "revealControl",
  tags,
  summary: "Show the control number again; recorded in the audit log",
  middleware: onLicense("control.reveal"),
  request: { params: one },
  responses: { 200: jsonResponse(ShownControl, "The control number"), ...refusals("NO_CONTROL", "MIGRATED") },
});

const revoke = createRoute({
  method: "delete",
  path: "/licenses/{number}/control",
  operationId: "revokeControl",
  tags,
  summary: "Revoke the control number immediately",
  middleware: onLicense("control.write"),
  request: { params: one },
  responses: { 204: empty, ...refusals("NO_CONTROL", "MIGRATED") },
});

const readText = createRoute({
  method: "get",
  path: "/licenses/{number}/lef",
  operationId: "getLef",
  tags,
  summary: "Read the license's LEF, to paste it where there is no network",
  middleware: onLicense("licenses.read"),
  request: { params: one },
  responses: { 200: jsonResponse(WrittenLef, "The LEF, and what it can't express") },
});

const retrievals = createRoute({
  method: "get",
  path: "/licenses/{number}/retrievals",
  operationId: "listRetrievals",
  tags,
  summary: "List retrievals by serial and control number in the last year, newest first",
  middleware: onLicense("deployments.read"),
  request: { params: one, query: z.strictObject(slice) },
  responses: { 200: pageOf(Retrieval, "Retrievals") },
});

const preview = createRoute({
  method: "post",
  path: "/lef/preview",
  operationId: "previewLef",
  tags,
  summary: "Read a LEF as a definition, line by line; nothing is stored",
  description:
    "Refuses with `INVALID_LEF`, which names the line, and with `LEF_CHECK_FAILED` if a LEF from this issuer was cut off or edited.",
  middleware: allowed("licenses.read"),
  request: { body: bodyOf(LefText) },
  responses: {
    200: jsonResponse(LefPreview, "What each line means"),
    ...refusals("INVALID_LEF", "LEF_CHECK_FAILED"),
  },
});

const migrate = createRoute({
  method: "post",
  path: "/licenses/{number}/migrate",
  operationId: "migrateToKey",
  tags,
  summary: "Migrate the license to a signed key: issues one, and closes the control number",
  middleware: onLicense("control.write"),
  request: { params: one },
  responses: {
    201: createdResponse(ShownKey, "The key"),
    ...refusals("NO_CONTROL", "MIGRATED", "LICENSE_REVOKED"),
  },
});

const undo = createRoute({
  method: "post",
  path: "/licenses/{number}/migrate/undo",
  operationId: "undoMigration",
  tags,
  summary: "Undo a migration within 24 hours: its key is revoked, and the control number works again",
  middleware: onLicense("control.write"),
  request: { params: one },
  responses: { 204: empty, ...refusals("UNDO_OVER") },
});

export function control(app: AdminApp, clock: Clock): void {
  app.openapi(read, async (c) => c.json(await controlOf(c.req.valid("param").number), 200));
  app.openapi(create, async (c) => {
    const { number } = c.req.valid("param");
    const shown = { control: await createControl(number, c.get("actor"), clock()) };
    c.header("Cache-Control", "no-store");
    return c.json(shown, 201, { Location: `/api/v1/admin/licenses/${number}/control` });
  });
  app.openapi(reveal, async (c) => {
    const shown = { control: await revealControl(c.req.valid("param").number, c.get("actor"), clock()) };
    return c.json(shown, 200, { "Cache-Control": "no-store" });
  });
  app.openapi(revoke, async (c) => {
    await revokeControl(c.req.valid("param").number, c.get("actor"), clock());
    return c.body(null, 204);
  });
  lefs(app);
  migrations(app, clock);
}

function lefs(app: AdminApp): void {
  app.openapi(readText, async (c) => c.json(await lefOfLicense(c.req.valid("param").number), 200));
  app.openapi(retrievals, async (c) =>
    c.json(linked(c, await listRetrievals(c.req.valid("param").number, c.req.valid("query"))), 200),
  );
  app.openapi(preview, (c) => c.json(readLef(c.req.valid("json").lef), 200));
}

function migrations(app: AdminApp, clock: Clock): void {
  app.openapi(migrate, async (c) => {
    const key = await migrateToKey(c.req.valid("param").number, c.get("actor"), clock());
    c.header("Cache-Control", "no-store");
    return c.json(key, 201, { Location: `/api/v1/admin/keys/${key.jti}` });
  });
  app.openapi(undo, async (c) => {
    await undoMigration(c.req.valid("param").number, c.get("actor"), clock());
    return c.body(null, 204);
  });
}
