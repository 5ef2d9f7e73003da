import { z } from "zod";
import { problemType } from "@/domain/refusals/problem-type";

/** A backend's responses, read leniently: unknown members are ignored, missing ones are the backend's error. */

const overage = z.union([z.number().int().nonnegative(), z.literal("YES")]);

const allotment = z.object({
  name: z.string(),
  usage: z.object({ class: z.enum(["assigned", "time"]), minimum: z.number().positive() }),
  provisions: z.array(z.object({ accessType: z.string() })),
  units: z.array(z.object({ count: z.number(), valid: z.string() })),
  overage: overage.optional(),
  products: z.array(z.string()).optional(),
});

const definition = z.object({
  product: z.string(),
  valid: z.string(),
  trial: z.boolean(),
  allotments: z.array(allotment),
  parameters: z.array(
    z.object({
      name: z.string(),
      valid: z.string(),
      values: z.record(z.string(), z.unknown()).optional(),
      access: z.object({ allotment: z.string().optional() }).optional(),
      products: z.array(z.string()).optional(),
    }),
  ),
});

export const definitionReply = z.object({
  license: z.string(),
  status: z.enum(["active", "expiring", "grace", "expired", "not-yet-valid"]),
  settings: z.object({
    autoAssignProfessional: z.boolean(),
    autoAssignAnalyzer: z.boolean(),
    subjectMatching: z.enum(["folded", "exact"]),
    whenOffline: z.enum(["optimistic", "bounded"]).optional(),
  }),
  sld: z.string(),
  latestValidTime: z.iso.datetime(),
  refreshAfter: z.number().positive(),
  syncEvery: z.number().positive(),
});
export type DefinitionReply = z.infer<typeof definitionReply>;

export const portable = z.object({
  signedDef: z.object({ jws: z.string(), definition: z.string().optional() }),
});

/** The claims of a signed definition; times are in seconds. */
export const claims = z.object({
  license: z.string(),
  version: z.string(),
  definition,
  aud: z.string().optional(),
  iat: z.number(),
  exp: z.number(),
});
export type Claims = z.infer<typeof claims>;

/** The claims of a signed definition for a deployment without a network; `jti` is its checkout. */
export const offlineClaims = z.object({
  jti: z.string(),
  license: z.string(),
  version: z.string(),
  definition,
  aud: z.string(),
  source: z.string().optional(),
  salt: z.string(),
  logKey: z.string(),
  settings: z
    .object({
      autoAssignProfessional: z.boolean(),
      autoAssignAnalyzer: z.boolean(),
      subjectMatching: z.enum(["folded", "exact"]),
    })
    .optional(),
  iat: z.number(),
  exp: z.number(),
});

/** The backend's reply to an uploaded log. Both lists cover all of the log so far. */
export const replyClaims = z.object({
  license: z.string(),
  checkout: z.string(),
  source: z.string(),
  log: z.string(),
  kind: z.enum(["assignments", "consumption"]),
  through: z.number().int().nonnegative(),
  hash: z.string(),
  rejected: z.array(z.object({ sequence: z.number().int(), rejection: z.string() })),
  released: z.array(z.number().int()),
  iat: z.number(),
});

export const keySet = z.object({
  keys: z.array(z.object({ kid: z.string(), kty: z.string(), n: z.string(), e: z.string() })),
});

export const syncReply = z.object({
  bases: z.array(
    z.object({
      license: z.string(),
      version: z.number().int(),
      epoch: z.string(),
      mark: z.string().optional(),
    }),
  ),
  patches: z.array(
    z.object({
      instance: z.string(),
      version: z.number().int(),
      license: z.string(),
      allotment: z.string(),
      subject: z.string(),
      created: z.string(),
      deleted: z.string().optional(),
      rank: z.number().int().optional(),
      aliases: z.array(z.string()).optional(),
      rejection: z.string(),
    }),
  ),
  snapshot: z.literal(true).optional(),
  more: z.string().optional(),
});

/** A reservation of minutes, or why there is none. */
const leaseResult = z.object({
  id: z.unknown(),
  error: z.object({ code: z.string(), detail: z.string() }).optional(),
  lease: z.string().optional(),
  sequence: z.number().int().optional(),
  granted: z.number().nullish(),
  booked: z.number().optional(),
  reserved: z.number().optional(),
  cap: z.number().nullish(),
  free: z.number().nullish(),
  expires: z.iso.datetime().optional(),
  reason: z.string().optional(),
});
export type LeaseResult = z.infer<typeof leaseResult>;

export const reportReply = z.object({
  serverTime: z.iso.datetime().optional(),
  leases: z.array(leaseResult).optional(),
  consumption: z.array(
    z.object({
      id: z.unknown(),
      error: z.object({ code: z.string(), detail: z.string() }).optional(),
      total: z.number().optional(),
      quota: z.number().optional(),
      overage: overage.optional(),
      duplicate: z.boolean().optional(),
      sequence: z.number().int().optional(),
    }),
  ),
});

export const totalsReply = z.object({
  consumption: z.array(
    z.object({ allotment: z.string(), month: z.string(), total: z.number(), quota: z.number(), overage }),
  ),
});

/** A backend's own refusal. Proxies and gateways send problem bodies too, but not of our types. */
export const problem = z
  .object({
    type: z.string(),
    code: z.string(),
    detail: z.string().optional(),
    title: z.string().optional(),
  })
  .refine(({ type, code }) => type.endsWith(problemType(code)));
export type Problem = z.infer<typeof problem>;
