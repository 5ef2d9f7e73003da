import { createRoute, z } from "@hono/zod-openapi";
import { listAudit } from "@/server/audit-log";
import { pageOf, refused } from "./contract";
import { line, moment, slice } from "./fields";
import { type AdminApp, allowed } from "./gate";
import { AuditEvent } from "./schemas";

const filter = z.strictObject({
  chain: line.optional().openapi({ description: "A license number, or `installation`." }),
  actor: line.optional(),
  action: line
    .optional()
    .openapi({ description: "An action, or a noun like `license` for all of its actions." }),
  object: line.optional(),
  from: moment.optional(),
  to: moment.optional(),
  ...slice,
});

const list = createRoute({
  method: "get",
  path: "/audit",
  tags: ["Audit"],
  summary: "List what happened, the latest first",
  middleware: allowed("audit.read"),
  request: { query: filter },
  responses: { 200: pageOf(AuditEvent, "Events"), ...refused },
});

export function audit(app: AdminApp): void {
  app.openapi(list, async (c) => c.json(await listAudit(c.get("principal"), c.req.valid("query")), 200));
}
