import { Readable } from "node:stream";
import { createRoute } from "@hono/zod-openapi";
import { BulkCreationPlan, LicenseRun } from "@/contract/license-run-schemas";
import { planBulkCreation, startBulkCreation } from "@/server/bulk/bulk-creation";
import { usualProduct } from "@/server/licenses/license-list";
import { jsonResponse } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";
import { licenseRuns, type RunKind, runRequest } from "./license-runs";

const KIND: RunKind = {
  ...{ path: "/bulk-creations", action: "licenses.write", tags: ["Licenses"], noun: "a bulk creation" },
  ...{ read: "getBulkCreation", cancel: "cancelBulkCreation" },
};
const EXAMPLE =
  "customer,template,professional,analyzer,minutes,overage,from,until\nAcme,Professional + Analyzer,10,40,,,,\nContoso,Capacity,,,6000,600,2027-01-01,2027-12-31\n";

const start = createRoute({
  method: "post",
  path: "/bulk-creations",
  operationId: "createLicensesInBulk",
  tags: KIND.tags,
  summary: "Create licenses from CSV, or preview with dryRun",
  description:
    "The first row names the columns in any order: customer, template, product, number, professional, analyzer, minutes, overage, from, until, trial, contract, contact, notes, and meta:NAME for metadata. Only the customer is required. The whole file is read before anything is created; rows that can't be used are skipped. A row without a number gets one that follows from the file, so the same file never creates a license twice. The response comes before the creation has finished.",
  middleware: allowed(KIND.action),
  request: runRequest(EXAMPLE),
  responses: {
    200: jsonResponse(BulkCreationPlan, "With dryRun: what would be created"),
    202: jsonResponse(LicenseRun, "The creation has started"),
  },
});

/** Many new licenses from one file. */
export function bulkCreations(app: AdminApp, clock: Clock): void {
  app.openapi(start, async (c) => {
    const file = c.req.raw.body ?? Readable.from([]);
    const product = await usualProduct(c.get("principal"));
    if (c.req.valid("query").dryRun) return c.json(await planBulkCreation(file, product, clock()), 200);
    const { progress } = await startBulkCreation(file, product, c.get("actor"), clock);
    return c.json(progress, 202, { Location: `/api/v1/admin/bulk-creations/${progress.id}` });
  });
  licenseRuns(app, clock, KIND);
}
