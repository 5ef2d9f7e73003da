import { Readable } from "node:stream";
import { createRoute } from "@hono/zod-openapi";
import { LicenseRun, LicenseRunPlan } from "@/contract/license-run-schemas";
import { planLegacyImport, startLegacyImport } from "@/server/legacy/legacy-import";
import { jsonResponse } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";
import { licenseRuns, type RunKind, runRequest } from "./license-runs";

const KIND: RunKind = {
  ...{ path: "/legacy/imports", action: "legacy.import", tags: ["Legacy"], noun: "an import" },
  ...{ read: "getLegacyImport", cancel: "cancelLegacyImport" },
};
const EXAMPLE =
  "number,control,customer,product,level,professional,analyzer,from,until,maintenance\n9999000000000042,7K2M-9QXT-4HCB,Acme,QSEfW,50,10,100,2026-01-01,2027-12-31,2027-06-30\n";

const start = createRoute({
  method: "post",
  path: "/legacy/imports",
  operationId: "importLegacyLicenses",
  tags: KIND.tags,
  summary: "Import licenses with their control numbers from CSV, or preview with dryRun",
  description:
    "The first row names the columns in any order; serial and control number are required. The whole file is read before anything is created; rows that can't be imported are skipped. The response comes before the import has finished.",
  middleware: allowed(KIND.action),
  request: runRequest(EXAMPLE),
  responses: {
    200: jsonResponse(LicenseRunPlan, "With dryRun: what the import would do"),
    202: jsonResponse(LicenseRun, "The import has started"),
  },
});

export function legacyImports(app: AdminApp, clock: Clock): void {
  app.openapi(start, async (c) => {
    const file = c.req.raw.body ?? Readable.from([]);
    if (c.req.valid("query").dryRun) return c.json(await planLegacyImport(file), 200);
    const { progress } = await startLegacyImport(file, c.get("actor"), clock);
    return c.json(progress, 202, { Location: `/api/v1/admin/legacy/imports/${progress.id}` });
  });
  licenseRuns(app, clock, KIND);
}
