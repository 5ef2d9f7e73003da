import { createRoute, z } from "@hono/zod-openapi";
import { flag, licenseNumber, line, month, slice } from "@/contract/fields";
import { LeaseReason, LeaseRelease, MinuteLease } from "@/contract/lease-schemas";
import { monthOf } from "@/domain/month";
import { endHold } from "@/server/consumption/leases/lease-hold";
import { listLeases } from "@/server/consumption/leases/lease-list";
import { previewRelease, releaseLease } from "@/server/consumption/leases/lease-release";
import { bodyOf, empty, jsonResponse, pageOf } from "./contract";
import { type AdminApp, type Clock, onLicense } from "./gate";
import { linked } from "./linked";

const tags = ["Usage"];
const ofLicense = z.object({ number: licenseNumber });
const one = ofLicense.extend({ lease: z.uuid() });

const list = createRoute({
  method: "get",
  path: "/licenses/{number}/leases",
  operationId: "listLeases",
  tags,
  summary: "List the minutes that deployments reserved in a month, newest first",
  middleware: onLicense("usage.read"),
  request: {
    params: ofLicense,
    query: z.strictObject({ month: month.optional(), allotment: line.optional(), ...slice }),
  },
  responses: { 200: pageOf(MinuteLease, "Minute leases") },
});

const release = createRoute({
  method: "post",
  path: "/licenses/{number}/leases/{lease}/release",
  operationId: "releaseLease",
  tags,
  summary: "Release the minutes that a deployment reserved and hasn't booked, or preview with dryRun",
  description:
    "For a deployment that won't come back. One that is alive learns of it with its next call; minutes that it uses until then can exceed the cap.",
  middleware: onLicense("leases.release"),
  request: {
    params: one,
    query: z.strictObject({ dryRun: flag.optional() }),
    body: bodyOf(LeaseReason),
  },
  responses: { 200: jsonResponse(LeaseRelease, "The minutes that are free again") },
});

const end = createRoute({
  method: "post",
  path: "/licenses/{number}/leases/end-hold",
  operationId: "endHold",
  tags,
  summary: "Grant minutes again before the hold after a restore ends",
  description:
    "Minutes that deployments reserved before the restore, and that the server no longer knows of, can be reserved a second time.",
  middleware: onLicense("leases.end-hold"),
  request: { params: ofLicense, body: bodyOf(LeaseReason) },
  responses: { 204: empty },
});

export function leases(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => {
    const now = clock();
    const { month: wanted = monthOf(now), ...query } = c.req.valid("query");
    const page = await listLeases(c.req.valid("param").number, { ...query, month: wanted }, now);
    return c.json(linked(c, page), 200);
  });
  app.openapi(release, async (c) => {
    const { number, lease } = c.req.valid("param");
    if (c.req.valid("query").dryRun) return c.json(await previewRelease(number, lease), 200);
    const { reason } = c.req.valid("json");
    return c.json(await releaseLease(number, lease, reason, c.get("actor"), clock()), 200);
  });
  app.openapi(end, async (c) => {
    await endHold(c.req.valid("param").number, c.req.valid("json").reason, c.get("actor"), clock());
    return c.body(null, 204);
  });
}
