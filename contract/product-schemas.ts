import { z } from "@hono/zod-openapi";
import { WHEN_OFFLINE } from "@/domain/leases/bounded-definition";
import { MAX_LEASES } from "@/domain/leases/lease-request";
import { Definition } from "./definition-schemas";

// The handlers read the wire by hand, for speed and because a wrong value inside an item is that item's error alone.
// These schemas describe it.

const SOURCE_EXAMPLE = "0d4c6a5e-6c1b-4a0e-9a57-2f1c3b9d7e10";
const LICENSE_EXAMPLE = "9999000000001253";

const time = z.iso.datetime();
export const source = z
  .string()
  .min(1)
  .max(200)
  .openapi({ description: "Which deployment this is, usually a UUID." });
const userAgent = z
  .string()
  .max(200)
  .optional()
  .openapi({ example: "Licenses/1.6.4 (windows) QSEfW", description: "Overrides the User-Agent header." });
export const month = z.string().openapi({ pattern: "^\\d{4}-\\d{2}$", example: "2018-11" });
const units = z.int().min(0).max(1_000_000_000);

export const Activation = z
  .looseObject({ cause: z.enum(["Initial", "Update"]), source: source.optional(), userAgent })
  .openapi("Activation", { example: { cause: "Initial", source: SOURCE_EXAMPLE } });

export const DefinitionReply = z
  .looseObject({
    license: z.string(),
    version: z.string().openapi({ example: "7Q2K-0000-0000-0000-9MXT" }),
    epoch: z.string(),
    status: z.enum(["active", "expiring", "grace", "expired", "not-yet-valid"]),
    definition: Definition,
    settings: z.looseObject({
      autoAssignProfessional: z.boolean(),
      autoAssignAnalyzer: z.boolean(),
      subjectMatching: z.enum(["folded", "exact"]),
      whenOffline: z.enum(WHEN_OFFLINE).openapi({
        description: "`bounded`: minutes of allotments with a cap are used only after they were reserved.",
      }),
    }),
    sld: z
      .string()
      .openapi({ description: "The signed definition, base64 JSON, for use without a network." }),
    serverTime: time,
    latestValidTime: time.openapi({ description: "How long a deployment may run on this response." }),
    refreshAfter: z.int().openapi({ description: "Seconds." }),
    syncEvery: z.int().openapi({ description: "Seconds." }),
  })
  .openapi("DefinitionReply");

export const PortableDefinition = z
  .looseObject({ license: z.string(), sld: z.string() })
  .openapi("PortableDefinition");

const id = z.union([z.string(), z.number()]).openapi({ description: "Matches a result to its element." });

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

const run = z.uuid().openapi({
  description: "One unbroken life of the deployment's state; required with `leases`.",
});
const leaseRequests = z
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
const echoedId = id.optional().openapi({
  description: "As it was sent; true and false as text, omitted unless it was text or a number.",
});
const ElementError = z.looseObject({
  id: echoedId,
  error: z.looseObject({ code: z.string(), detail: z.string() }),
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
const LeaseResults = z.array(
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

const mark = z.string().openapi({
  description:
    "Opaque. Send it back unchanged: if it is above the server's version, the server was restored from a backup.",
});
const base = { license: z.string(), version: z.int(), epoch: z.string() };
const patch = {
  instance: z.string().openapi({ description: "A 63-bit decimal, empty for a new assignment." }),
  version: z.int(),
  license: z.string(),
  allotment: z.string(),
  subject: z.string(),
  created: time,
  deleted: time.optional(),
};
export const SyncRequest = z
  .looseObject({
    source,
    userAgent,
    after: z.string().optional().openapi({ description: "`more` from the previous page." }),
    bases: z.array(z.looseObject({ ...base, epoch: z.string().optional(), mark: mark.optional() })),
    patches: z
      .array(z.looseObject({ ...patch, auto: z.boolean().optional(), lastUsed: z.string().optional() }))
      .max(5000),
  })
  .openapi("SyncRequest", {
    example: {
      source: SOURCE_EXAMPLE,
      bases: [{ license: LICENSE_EXAMPLE, version: 0 }],
      patches: [
        {
          ...{ instance: "", version: 0, license: LICENSE_EXAMPLE, allotment: "analyzer" },
          ...{ subject: "acme\\bob", created: "2026-08-24T10:00:00Z" },
        },
      ],
    },
  });
export const SyncReply = z
  .looseObject({
    bases: z.array(z.looseObject({ ...base, mark })),
    patches: z.array(
      z.looseObject({
        ...patch,
        created: z.string().openapi({
          example: "2026-08-24T10:00:00.000Z",
          description: "A time (RFC 3339); for a rejected patch the text that was sent.",
        }),
        deleted: z.string().optional().openapi({ description: "As `created`." }),
        auto: z.boolean().optional().openapi({ description: "Of a rejected patch: as it was sent." }),
        lastUsed: z.string().optional().openapi({ description: "Of a rejected patch: as it was sent." }),
        aliases: z.array(z.string()).optional().openapi({
          description: "Other subjects of the same user. Index the row under all of them, and count it once.",
        }),
        excess: z.boolean().optional(),
        rank: z
          .int()
          .optional()
          .openapi({ description: "Position in the order of seats, if it differs from the version." }),
        rejection: z.string().openapi({ description: "Empty when accepted." }),
      }),
    ),
    snapshot: z.literal(true).optional(),
    more: z.string().optional(),
  })
  .openapi("SyncReply");

export const Keys = z
  .looseObject({
    keys: z.array(
      z.looseObject({
        kid: z.string(),
        kty: z.literal("RSA"),
        alg: z.literal("RS512"),
        use: z.literal("sig"),
        n: z.string(),
        e: z.string(),
      }),
    ),
  })
  .openapi("JsonWebKeySet");
export const Status = z.looseObject({ status: z.string() });
