import { z } from "@hono/zod-openapi";
import { MAX_LEASES } from "@/domain/leases/lease-request";
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

export const run = z.uuid().openapi({
  description: "One unbroken life of the deployment's state; required with `leases`.",
});
export const leaseRequests = z
  .array(
    z.looseObject({
      id,
      allotment: z.string(),
      month,
      sequence: z.int().min(1).openapi({
        description: "Per run, allotment and month: send an unanswered request again unchanged.",
      }),
      used: units.openapi({ description: "All minutes that the run used in the month, reported or not." }),
      reported: units.openapi({ description: "The part of them that responses have confirmed." }),
      want: units.openapi({ description: "The minutes to hold unused; 0 gives all back." }),
      lease: z.uuid().optional().openapi({ description: "The lease that the run has." }),
      granted: units.optional().openapi({ description: "What the run holds by it." }),
    }),
  )
  .max(MAX_LEASES);

export const LeaseRequest = z
  .looseObject({ source, userAgent, run, leases: leaseRequests })
  .openapi("LeaseRequest", {
    example: {
      source: SOURCE_EXAMPLE,
      run: "7f3d5c1a-1f6e-4b57-9a65-0f4f0a9f6a11",
      leases: [
        {
          ...{ id: 1, allotment: "analyzer_time", month: "2026-08", sequence: 1 },
          ...{ used: 0, reported: 0, want: 120 },
        },
      ],
    },
  });

const lease = {
  lease: z.uuid(),
  allotment: z.string(),
  month,
  sequence: z.int().openapi({ description: "The last request that was answered." }),
  granted: z.union([z.int(), z.null()]).openapi({
    description: "All minutes that the run may use in the month; null without a cap.",
  }),
  booked: z.int().openapi({ description: "The part of them that was reported." }),
  total: z.int().openapi({ description: "The minutes of all deployments." }),
  reserved: z.int().openapi({ description: "What deployments hold and haven't reported." }),
  cap: z.union([z.int(), z.null()]),
  free: z.union([z.int(), z.null()]),
  expires: time.openapi({ description: "After it minutes of the lease must not be used." }),
};
export const LeaseResults = z.array(
  z.union([
    z.looseObject({
      id: echoedId,
      ...lease,
      reason: z.enum(["HOLD", "LICENSE_NOT_VALID"]).optional().openapi({
        description: "Why nothing was added.",
      }),
    }),
    ElementError,
  ]),
);
export const LeaseReply = z.looseObject({ serverTime: time, leases: LeaseResults }).openapi("LeaseReply");
