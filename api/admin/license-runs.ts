import { createRoute, z } from "@hono/zod-openapi";
import { flag } from "@/contract/fields";
import { LicenseRun } from "@/contract/license-run-schemas";
import type { Action } from "@/domain/roles";
import { cancelLicenseRun, licenseRun } from "@/server/licenses/license-runs";
import { empty, jsonResponse } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";

/** A kind of run that creates the licenses of a file. */
export type RunKind = {
  path: string;
  action: Action;
  tags: string[];
  /** What one is called: `an import`. */
  noun: string;
  read: string;
  cancel: string;
};

/** The request that starts a run, or previews it. */
export function runRequest(example: string) {
  return {
    query: z.strictObject({ dryRun: flag.optional() }),
    body: { required: true, content: { "text/csv": { schema: z.string().openapi({ example }) } } },
  };
}

/** The progress of a run, and its end before it is done. */
export function licenseRuns(app: AdminApp, clock: Clock, kind: RunKind): void {
  const route = {
    ...{ path: `${kind.path}/{id}`, tags: kind.tags, middleware: allowed(kind.action) },
    request: { params: z.object({ id: z.uuid() }) },
  };
  const read = createRoute({
    ...route,
    method: "get",
    operationId: kind.read,
    summary: `Read the progress of ${kind.noun}`,
    responses: { 200: jsonResponse(LicenseRun, "The progress") },
  });
  const cancel = createRoute({
    ...route,
    method: "delete",
    operationId: kind.cancel,
    summary: `Cancel the rest of ${kind.noun}; licenses already created stay`,
    responses: { 204: empty },
  });
  app.openapi(read, async (c) => c.json(await licenseRun(c.req.valid("param").id, clock()), 200));
  app.openapi(cancel, async (c) => {
    await cancelLicenseRun(c.req.valid("param").id);
    return c.body(null, 204);
  });
}
