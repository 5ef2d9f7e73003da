import { z } from "@hono/zod-openapi";
import { time } from "./fields";

const privileges = z.array(z.string());
const never = time.openapi({ description: "`1753-01-01T00:00:00.000Z` means never." });

export const QrsLicense = z
  .object({
    id: z.uuid(),
    createdDate: time,
    modifiedDate: time,
    modifiedByUserName: z.string(),
    schemaPath: z.string(),
    privileges,
    lef: z.string(),
    serial: z.string().openapi({ description: "The license number." }),
    check: z.string(),
    key: z.string().openapi({ description: "Always empty." }),
    name: z.string(),
    organization: z.string(),
    product: z.int(),
    numberOfCores: z.int(),
    isExpired: z.boolean(),
    expiredReason: z.string(),
    isBlacklisted: z.boolean(),
    isInvalid: z.boolean(),
    isSubscription: z.boolean(),
    isCloudServices: z.boolean(),
    isElastic: z.boolean(),
  })
  .openapi("QrsLicense");

export const QrsAccess = z
  .object({
    id: z.uuid(),
    createdDate: time,
    modifiedDate: time,
    modifiedByUserName: z.string(),
    schemaPath: z.string(),
    privileges,
    user: z.object({ userDirectory: z.string(), userId: z.string(), name: z.string(), privileges }),
    lastUsed: never,
    excess: z.boolean(),
    quarantined: z.boolean(),
    quarantineEnd: never,
  })
  .openapi("QrsAccess");

const tokens = { allocatedTokens: z.int(), usedTokens: z.int(), quarantinedTokens: z.int() };
const TokenCount = z.object({ tokenCost: z.int(), ...tokens });
export const AccessTypeInfo = z
  .object({
    schemaPath: z.string(),
    totalTokens: z.int(),
    availableTokens: z.int(),
    professionalAccessType: TokenCount,
    analyzerAccessType: TokenCount,
    userAccessType: TokenCount,
    loginAccessType: TokenCount,
  })
  .openapi("AccessTypeInfo");

const TokenAccess = z.object({ enabled: z.boolean(), ...tokens });
const SeatAccess = z.object({
  enabled: z.boolean(),
  total: z.int(),
  allocated: z.int(),
  used: z.int(),
  quarantined: z.int(),
  excess: z.int(),
  available: z.int(),
});
export const AccessTypeOverview = z
  .object({
    schemaPath: z.string(),
    totalTokens: z.int(),
    availableTokens: z.int(),
    tokensEnabled: z.boolean(),
    userAccess: TokenAccess,
    loginAccess: TokenAccess,
    professionalAccess: SeatAccess,
    analyzerAccess: SeatAccess,
    analyzerTimeAccess: z.object({
      enabled: z.boolean(),
      allocatedMinutes: z.int(),
      usedMinutes: z.int(),
      unavailableMinutes: z.int(),
    }),
  })
  .openapi("AccessTypeOverview");
