import { z } from "@hono/zod-openapi";
import {
  ElementError,
  echoedId,
  id,
  month,
  SOURCE_EXAMPLE,
  source,
  time,
  units,
  userAgent,
} from "./product-fields";
import { LeaseResults, leaseRequests, run } from "./product-lease-schemas";

const UsageSession = z
  .looseObject({
    id,
    subject: z.string().optional().openapi({ description: "Left out for anonymous use." }),
    app: z.string().optional(),
    start: time,
    end: time,
    minutes: units.openapi({ description: "All minutes of the session in the element's month so far." }),
  })
  .openapi("UsageSession");

const Denial = z
  .looseObject({
    hour: time,
    reason: z.string().openapi({ example: "NOT_ASSIGNED" }),
    allotment: z.string().optional(),
    subject: z.string().optional(),
    count: z.int().min(1).openapi({ description: "All denials of the hour so far." }),
  })
  .openapi("Denial");

export const ConsumptionReport = z
  .looseObject({
    source,
    userAgent,
    run: run.optional(),
    leases: leaseRequests.optional().openapi({
      description: "Requests for minutes, answered after the report is booked; as in `POST /v1/leases`.",
    }),
    consumption: z
      .array(
        z.looseObject({
          id,
          allotment: z.string(),
          month,
          consumption: units.openapi({ description: "Since this source's last report." }),
          sequence: z.int().min(1).optional().openapi({
            description:
              "Per source, allotment and month: a report is counted once, however often it is sent.",
          }),
          lease: z.uuid().optional().openapi({ description: "The lease that the minutes were used from." }),
          sessions: z.array(UsageSession).optional().openapi({
            description:
              "The sessions that used minutes; at most 1,000 in a request. They never change totals.",
          }),
        }),
      )
      .max(1000),
    denials: z
      .array(Denial)
      .max(1000)
      .optional()
      .openapi({ description: "Who was denied access, by hour; of two counts the greater stays." }),
  })
  .openapi("ConsumptionReport", {
    example: {
      source: SOURCE_EXAMPLE,
      consumption: [
        {
          ...{ id: 1, allotment: "analyzer_time", month: "2026-08", consumption: 242, sequence: 1 },
          sessions: [
            {
              ...{ id: "5b1d", subject: "acme\\bob", app: "Sales", minutes: 42 },
              ...{ start: "2026-08-24T08:00:00Z", end: "2026-08-24T08:45:00Z" },
            },
          ],
        },
      ],
      denials: [{ hour: "2026-08-24T08:00:00Z", reason: "NOT_ASSIGNED", subject: "acme\\eve", count: 2 }],
    },
  });

const total = {
  allotment: z.string(),
  month,
  total: z.int(),
  quota: z.int(),
  overage: z.union([z.int(), z.literal("YES")]),
  remaining: z.union([z.int(), z.null()]),
  denied: z.boolean(),
};

const leftOut = z.looseObject({ code: z.string(), detail: z.string() });
export const ConsumptionReply = z
  .looseObject({
    serverTime: time,
    consumption: z.array(
      z.union([
        z.looseObject({
          id: echoedId,
          ...total,
          duplicate: z.boolean(),
          sequence: z.int().optional(),
          sessions: z.int().optional().openapi({ description: "How many sessions are stored." }),
          sessionErrors: z.array(leftOut.extend({ id: echoedId })).optional(),
        }),
        ElementError,
      ]),
    ),
    leases: LeaseResults.optional(),
    denials: z.int().optional().openapi({ description: "How many denials are stored." }),
    denialErrors: z.array(leftOut.extend({ index: z.int() })).optional(),
  })
  .openapi("ConsumptionReply");
export const ConsumptionTotals = z
  .looseObject({ serverTime: time, consumption: z.array(z.looseObject(total)) })
  .openapi("ConsumptionTotals");
