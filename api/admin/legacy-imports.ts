import { Readable } from "node:stream";
import { createRoute, z } from "@hono/zod-openapi";
import { flag, time } from "@/contract/fields";
import { planLegacyImport, startLegacyImport } from "@/server/legacy/legacy-import";
import { cancelLicenseRun, licenseRun } from "@/server/licenses/license-runs";
import { empty, jsonResponse } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";

const tags = ["Legacy"];
const one = z.object({ id: z.uuid() });
const EXAMPLE =
  "number,control,customer,product,level,professional,analyzer,from,until,maintenance\n9999000000000042,7K2M-9QXT-4HCB,Acme,QSEfW,50,10,100,2026-01-01,2027-12-31,2027-06-30\n";

const RowRefusal = z.object({ row: z.int(), number: z.string(), why: z.string() });
const counts = { rows: z.int(), already: z.int(), refused: z.int(), refusals: z.array(RowRefusal) };
const Progress = z
  .object({
    id: z.uuid(),
    state: z.enum(["running", "done", "cancelled", "failed", "interrupted"]),
    created: z.int(),
    ...counts,
    started: time,
    ended: z.union([time, z.null()]),
  })
  .openapi("LegacyImport");
const Plan = z.object({ creates: z.int(), ...counts }).openapi("LegacyImportPlan");

const start = createRoute({
  method: "post",
  path: "/legacy/imports",
  operationId: "importLegacyLicenses",
  tags,
  summary: "Import licenses with their control numbers from CSV, or preview with dryRun",
  description:
    "The first row names the columns in any order; serial and control number are required. The whole file is read before anything is created; rows that can't be imported are skipped. The response comes before the import has finished.",
  middleware: allowed("legacy.import"),
  request: {
    query: z.strictObject({ dryRun: flag.optional() }),
    body: { required: true, content: { "text/csv": { schema: z.string().openapi({ example: EXAMPLE }) } } },
  },
  responses: {
    200: jsonResponse(Plan, "With dryRun: what the import would do"),
    202: jsonResponse(Progress, "The import has started"),
  },
});

const read = createRoute({
  method: "get",
  path: "/legacy/imports/{id}",
  operationId: "getLegacyImport",
  tags,
  summary: "Read the progress of an import",
  middleware: allowed("legacy.import"),
  request: { params: one },
  responses: { 200: jsonResponse(Progress, "The import") },
});

const cancel = createRoute({
  method: "delete",
  path: "/legacy/imports/{id}",
  operationId: "cancelLegacyImport",
  tags,
  summary: "Cancel the rest of an import; licenses already created stay",
  middleware: allowed("legacy.import"),
  request: { params: one },
  responses: { 204: empty },
});

export function legacyImports(app: AdminApp, clock: Clock): void {
  app.openapi(start, async (c) => {
    const file = c.req.raw.body ?? Readable.from([]);
    if (c.req.valid("query").dryRun) return c.json(await planLegacyImport(file), 200);
    const { progress } = await startLegacyImport(file, c.get("actor"), clock);
    return c.json(progress, 202, { Location: `/api/v1/admin/legacy/imports/${progress.id}` });
  });
  app.openapi(read, async (c) => c.json(await licenseRun(c.req.valid("param").id, clock()), 200));
  app.openapi(cancel, async (c) => {
    await cancelLicenseRun(c.req.valid("param").id);
    return c.body(null, 204);
  });
}
