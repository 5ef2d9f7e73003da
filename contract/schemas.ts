import { z } from "@hono/zod-openapi";
import type { AuditEntry } from "@/domain/audit-chain";
import { SUSPICION_CODES } from "@/domain/suspicions";
import { label, line, name, time } from "./fields";

const nothing = z.null();

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    errors: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        detail: z.string().optional(),
        pointer: z.string().optional(),
        status: z.int().optional(),
      }),
    ),
    error: z.string(),
    message: z.string(),
    requestId: z.string(),
    traceId: z.string().optional().openapi({
      description: "The request id again, in the published license API.",
    }),
  })
  .openapi("Problem");

export const CustomerName = z
  .strictObject({ name: name.openapi({ example: "Nordlicht GmbH" }) })
  .openapi("CustomerName");
export const Customer = z
  .object({ id: z.uuid(), name: z.string(), licenses: z.int(), created: time })
  .openapi("Customer");

export const NewKey = z
  .strictObject({ label: label.default("").openapi({ example: "Hamburg" }) })
  .openapi("NewKey");
export const Revocation = z
  .strictObject({ reason: line.default("").openapi({ example: "The key leaked." }) })
  .openapi("Revocation");
export const ShownKey = z
  .object({ jti: z.uuid(), kid: z.uuid(), license: z.string(), key: z.string() })
  .openapi("ShownKey");
export const LicenseKey = z
  .object({
    jti: z.uuid(),
    kid: z.uuid(),
    label: z.string(),
    issued: time,
    issuedBy: z.union([
      z.object({ kind: z.enum(["user", "token", "product", "system"]), id: z.string() }),
      nothing,
    ]),
    revoked: z.union([time, nothing]),
    revokedReason: z.union([z.string(), nothing]),
    withdrawn: z.boolean(),
    lastUsed: z.union([time, nothing]),
    deployments: z.int(),
  })
  .openapi("LicenseKey");

const day = z.iso.date();
const Forecast = z.object({
  method: z.string(),
  low: z.int(),
  mid: z.int(),
  high: z.int(),
  quotaOn: z.union([day, nothing]),
  capOn: z.union([day, nothing]),
});
const Why = z.object({
  from: time,
  to: time.openapi({ description: "Not included." }),
  units: z.int(),
  overage: z.union([z.int(), z.literal("YES")]),
  counts: z.boolean(),
  reason: z.enum(["LARGEST_CAP", "SMALLER_CAP", "NO_UNITS", "CORRECTED"]),
});
export const MonthUsage = z
  .object({
    month: z.string(),
    allotments: z.array(
      z.object({
        name: z.string(),
        quota: z.int(),
        overage: z.union([z.int(), z.literal("YES")]),
        total: z.int(),
        reserved: z.int().openapi({
          description:
            "Minutes reserved by deployments and signed definitions on top of the total; others can't use them.",
        }),
        unleased: z.int().openapi({ description: "The part of the total that no lease paid for." }),
        capSoFar: z.union([z.int(), nothing]).openapi({
          description: "The largest cap up to now, of which deployments can reserve; null without a cap.",
        }),
        free: z.union([z.int(), nothing]).openapi({
          description: "What of it is neither used nor reserved.",
        }),
        hold: time.optional().openapi({
          description: "Until when no minutes are granted, since the store was restored.",
        }),
        remaining: z.union([z.int(), nothing]),
        state: z.enum(["within", "overage", "exceeded", "ended"]).openapi({
          description: "`ended` after the license's validity and grace days.",
        }),
        denied: z.boolean(),
        why: z.array(Why).openapi({ description: "The periods of the month, and which one sets the quota." }),
        forecast: z.union([Forecast, nothing]),
        bySource: z.array(z.object({ source: z.string(), consumed: z.int() })),
        byDay: z.array(z.object({ day, source: z.string(), consumed: z.int() })),
      }),
    ),
  })
  .openapi("MonthUsage");

export const NewAssignment = z
  .strictObject({ subject: z.string().max(1000), allotment: z.string().max(1000) })
  .openapi("NewAssignment", { example: { subject: "acme\\bob", allotment: "analyzer" } });
const assignment = {
  instance: z.string().openapi({ description: "A 63-bit decimal." }),
  version: z.int(),
  allotment: z.string(),
  subject: z.string(),
  aliases: z
    .array(z.string())
    .optional()
    .openapi({ description: "The other subjects that are declared the same user, if there are any." }),
  created: time,
  source: z.string(),
  auto: z.boolean(),
  lastUsed: z.union([day, nothing]),
};
export const CreatedAssignment = z.object(assignment).openapi("AssignmentMade");
export const Assignment = z
  .object({
    ...assignment,
    state: z.enum(["active", "excess"]),
    usageReported: z.boolean().openapi({
      description:
        "Whether the deployment that added it reports usage; for one added by an admin, whether any deployment of the license does.",
    }),
  })
  .openapi("Assignment");

export const suspicionCode = z.enum(SUSPICION_CODES);
export const DeploymentName = z
  .strictObject({
    name: label.openapi({ description: "An empty name removes it.", example: "Hamburg, plant 2" }),
  })
  .openapi("DeploymentName");
export const Deployment = z
  .object({
    source: z.string(),
    name: z.union([z.string(), nothing]),
    jti: z.uuid(),
    product: z.union([z.string(), nothing]),
    version: z.union([z.string(), nothing]),
    os: z.union([z.string(), nothing]),
    address: z.union([z.string(), nothing]),
    cause: z.union([z.string(), nothing]),
    firstSeen: time,
    lastSeen: z
      .union([time, nothing])
      .openapi({ description: "Its last call; null for a deployment without a network that never called." }),
    lastReport: z.union([time, nothing]),
    lastSync: z.union([time, nothing]),
    lastUpload: z.union([time, nothing]).openapi({
      description: "For a deployment without a network: when its last log was uploaded, which is no contact.",
    }),
    base: z.union([z.int(), nothing]),
    clockSkew: z.union([z.int(), nothing]),
    reportsUse: z.boolean().openapi({
      description:
        "Whether it ever reported when a seat was last used; without that nobody knows whether a seat is idle.",
    }),
    features: z
      .array(z.string())
      .openapi({ description: "The features it last announced (`Signet-Features`)." }),
    suspicions: z.array(z.string()).openapi({ description: "The codes of uncleared suspicions." }),
    evidence: z
      .array(z.object({ code: suspicionCode, sentence: z.string(), first: time, last: time }))
      .openapi({ description: "The evidence, newest first." }),
  })
  .openapi("Deployment");

export const Rejection = z
  .object({
    subject: z.string(),
    allotment: z.string(),
    code: z.string(),
    source: z.string(),
    first: time,
    last: time,
    times: z.int(),
  })
  .openapi("Rejection");

export const SigningKey = z
  .object({
    kid: z.uuid(),
    status: z.enum(["active", "retired", "withdrawn"]),
    created: time,
    retired: z.union([time, nothing]),
    withdrawn: z.union([time, nothing]),
    liveKeys: z.int(),
  })
  .openapi("SigningKey");

export const AuditEvent = z
  .object({
    id: z.uuid(),
    chain: z.string(),
    sequence: z.int(),
    at: time,
    actorKind: z.string(),
    actor: z.string(),
    action: z.string(),
    object: z.string(),
    details: z.unknown(),
    address: z.union([z.string(), nothing]),
    requestId: z.union([z.string(), nothing]),
  } satisfies Record<"id" | keyof AuditEntry, z.ZodType>)
  .openapi("AuditEvent");

export const Verification = z
  .union([
    z.object({ chain: z.string(), events: z.int(), whole: z.literal(true) }),
    z.object({
      chain: z.string(),
      events: z.int(),
      whole: z.literal(false),
      bad: z.object({ sequence: z.int(), id: z.union([z.uuid(), nothing]), reason: z.string() }),
    }),
  ])
  .openapi("Verification");
