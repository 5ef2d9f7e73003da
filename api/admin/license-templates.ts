import { createRoute, z } from "@hono/zod-openapi";
import { slice } from "@/contract/fields";
import { LicenseTemplate, NewLicenseTemplate } from "@/contract/template-schemas";
import { nothingHere } from "@/domain/refusals/refusal";
import { listTemplates, removeTemplate, saveTemplate } from "@/server/licenses/license-templates";
import { bodyOf, empty, jsonResponse, pageOf } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";
import { linked } from "./linked";

const tags = ["Licenses"];

const list = createRoute({
  method: "get",
  path: "/license-templates",
  operationId: "listLicenseTemplates",
  tags,
  summary: "List the saved templates of licenses, by name",
  description: "There are 50 at most. Built-in templates aren't listed.",
  middleware: allowed("licenses.write"),
  request: { query: z.strictObject(slice) },
  responses: { 200: pageOf(LicenseTemplate, "Templates") },
});

const save = createRoute({
  method: "post",
  path: "/license-templates",
  operationId: "saveLicenseTemplate",
  tags,
  summary: "Save the entitlements of a license as a template; one of the same name is replaced",
  description:
    "A template keeps the product, how long the license is valid, and the units in force today. A row of a bulk creation can name the template.",
  middleware: allowed("licenses.write"),
  request: { body: bodyOf(NewLicenseTemplate) },
  responses: { 200: jsonResponse(LicenseTemplate, "The template") },
});

const remove = createRoute({
  method: "delete",
  path: "/license-templates/{id}",
  operationId: "removeLicenseTemplate",
  tags,
  summary: "Remove a template; licenses that were created from it stay",
  middleware: allowed("licenses.write"),
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 204: empty },
});

/** What new licenses can start from. */
export function licenseTemplates(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => c.json(linked(c, await listTemplates(c.req.valid("query"))), 200));
  app.openapi(save, async (c) =>
    c.json(await saveTemplate(c.req.valid("json"), c.get("actor"), clock()), 200),
  );
  app.openapi(remove, async (c) => {
    if (!(await removeTemplate(c.req.valid("param").id, c.get("actor"), clock()))) throw nothingHere();
    return c.body(null, 204);
  });
}
