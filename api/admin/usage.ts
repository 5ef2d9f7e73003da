import { createRoute, z } from "@hono/zod-openapi";
import { licenseNumber, month } from "@/contract/fields";
import { MonthUsage } from "@/contract/schemas";
import { monthOf } from "@/domain/month";
import { monthUsage } from "@/server/consumption/usage";
import { jsonResponse } from "./contract";
import { type AdminApp, type Clock, onLicense } from "./gate";

const read = createRoute({
  method: "get",
  path: "/licenses/{number}/usage",
  operationId: "getUsage",
  tags: ["Usage"],
  summary: "Read a month's usage; the current month by default",
  middleware: onLicense("usage.read"),
  request: {
    params: z.object({ number: licenseNumber }),
    query: z.strictObject({ month: month.optional() }),
  },
  responses: { 200: jsonResponse(MonthUsage, "The month") },
});

export function usage(app: AdminApp, clock: Clock): void {
  app.openapi(read, async (c) => {
    const now = clock();
    const { month: wanted = monthOf(now) } = c.req.valid("query");
    return c.json(await monthUsage(c.req.valid("param").number, wanted, now), 200);
  });
}
