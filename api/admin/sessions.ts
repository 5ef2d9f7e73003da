import { createRoute, z } from "@hono/zod-openapi";
import { licenseNumber, line, moment, month, slice } from "@/contract/fields";
import { DenialRow, MonthTops, Session, topKind } from "@/contract/session-schemas";
import { nameKey } from "@/domain/licenses/definition";
import { monthOf } from "@/domain/month";
import { nothingHere } from "@/domain/refusals/refusal";
import { seesSubjects } from "@/domain/roles";
import { listDenials } from "@/server/consumption/denials/denial-list";
import { listSessions } from "@/server/consumption/sessions/session-list";
import { sessionSums, topsOf } from "@/server/consumption/sessions/session-tops";
import { meteredAllotments } from "@/server/consumption/usage";
import { jsonResponse, pageOf } from "./contract";
import { type AdminApp, type Clock, onLicense } from "./gate";
import { linked } from "./linked";

const tags = ["Usage"];
const one = z.object({ number: licenseNumber });
const interval = {
  from: moment.optional(),
  before: moment.optional().openapi({ description: "Not included." }),
};

const sessions = createRoute({
  method: "get",
  path: "/licenses/{number}/sessions",
  operationId: "listSessions",
  tags,
  summary: "List the sessions that deployments reported, the latest end first",
  middleware: onLicense("usage.read"),
  request: {
    params: one,
    query: z.strictObject({ ...interval, sort: z.enum(["endTime", "-endTime"]).optional(), ...slice }),
  },
  responses: { 200: pageOf(Session, "Sessions") },
});

const tops = createRoute({
  method: "get",
  path: "/licenses/{number}/usage/top",
  operationId: "getTopUsage",
  tags,
  summary: "Read which users, apps or deployments used the most minutes in a month",
  middleware: onLicense("usage.read"),
  request: {
    params: one,
    query: z.strictObject({
      by: topKind,
      month: month.optional(),
      allotment: line.optional().openapi({ description: "The first time allotment by default." }),
      limit: slice.limit,
    }),
  },
  responses: { 200: jsonResponse(MonthTops, "The largest first") },
});

const denials = createRoute({
  method: "get",
  path: "/licenses/{number}/denials",
  operationId: "listDenials",
  tags,
  summary: "List who was denied access, where and why, the latest hour first",
  middleware: onLicense("rejections.read"),
  request: {
    params: one,
    query: z.strictObject({
      kind: DenialRow.shape.kind.optional().openapi({
        description: "`notEntitled`: no right to access; `overLimit`: seats or minutes were used up.",
      }),
      ...interval,
      ...slice,
    }),
  },
  responses: { 200: pageOf(DenialRow, "Denials by hour") },
});

export function usageDetails(app: AdminApp, clock: Clock): void {
  app.openapi(sessions, async (c) => {
    const { from, before, sort, ...slice } = c.req.valid("query");
    const filter = { ended: { from, before }, sort, withNames: seesSubjects(c.get("principal").role) };
    const { items, next } = await listSessions(c.req.valid("param").number, filter, slice);
    return c.json(linked(c, { items, cursor: next }), 200);
  });
  app.openapi(tops, async (c) => {
    const { number: license } = c.req.valid("param");
    const { by, month: asked = monthOf(clock()), allotment, limit } = c.req.valid("query");
    const meters = await meteredAllotments(license);
    const meter = meters.find(({ key }) => allotment === undefined || key === nameKey(allotment));
    if (!meter) throw nothingHere();
    const of = { license, meter, month: asked };
    const sums = await sessionSums(of);
    const listed = { kind: by, withNames: seesSubjects(c.get("principal").role), limit };
    const items = await topsOf({ ...of, ...listed }, sums);
    return c.json({ month: asked, allotment: meter.name, by, ...sums, items }, 200);
  });
  app.openapi(denials, async (c) => {
    const { kind, from, before, ...slice } = c.req.valid("query");
    const page = await listDenials(c.req.valid("param").number, { kind, from, before }, slice);
    return c.json(linked(c, page), 200);
  });
}
