import { createRoute, z } from "@hono/zod-openapi";
import { idOrNumber, line, moment, slice } from "@/contract/fields";
import { AuditEvent, Verification } from "@/contract/schemas";
import { allowOnChain } from "@/server/audit/chain";
import { listAudit } from "@/server/audit/log";
import { verifyOne } from "@/server/audit/verification";
import { waiveDeadline } from "@/server/store/deadline";
import { jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";
import { linked } from "./linked";

const filter = z.strictObject({
  chain: idOrNumber.optional().openapi({ description: "A license number, or `installation`." }),
  actor: line.optional(),
  action: line
    .optional()
    .openapi({ description: "An action, or a noun like `license` for all of its actions." }),
  object: idOrNumber.optional(),
  from: moment.optional(),
  to: moment.optional(),
  ...slice,
});

const list = createRoute({
  method: "get",
  path: "/audit",
  operationId: "listAuditEvents",
  tags: ["Audit"],
  summary: "List audit events, newest first",
  middleware: allowed("audit.read"),
  request: { query: filter },
  responses: { 200: pageOf(AuditEvent, "Events") },
});

const verify = createRoute({
  method: "get",
  path: "/audit/verify",
  operationId: "verifyAudit",
  tags: ["Audit"],
  summary: "Verify a chain, and name the first event that was changed, removed or inserted",
  middleware: allowed("audit.read"),
  request: {
    query: z.strictObject({
      chain: idOrNumber.openapi({ description: "A license number, or `installation`." }),
    }),
  },
  responses: { 200: jsonResponse(Verification, "The state of the chain"), ...refusals("NOT_FOUND") },
});

export function audit(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) =>
    c.json(linked(c, await listAudit(c.get("principal"), c.req.valid("query"))), 200),
  );
  app.openapi(verify, async (c) => {
    const { chain } = c.req.valid("query");
    await allowOnChain(c.get("principal"), chain);
    waiveDeadline(); // Verifying a long chain takes longer than the deadline of a request.
    return c.json(await verifyOne(chain, c.get("actor"), clock()), 200);
  });
}
