import { z } from "@hono/zod-openapi";
import { ROLES } from "@/domain/roles";
import { licenseNumber, moment, newName, time } from "./fields";

const nothing = z.null();
const role = z.enum(ROLES);

export const NewToken = z
  .strictObject({
    name: newName,
    role,
    license: licenseNumber.optional(),
    customers: z.array(z.uuid()).max(1000).optional(),
    expires: moment.optional(),
  })
  .openapi("NewToken", {
    example: { name: "Nightly export", role: "auditor", expires: "2027-08-24T00:00:00Z" },
  });

export const Token = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role,
    license: z.union([z.string(), nothing]),
    customers: z.array(z.string()),
    createdBy: z.string(),
    created: time,
    expires: z.union([time, nothing]),
    lastUsed: z.union([time, nothing]),
    revoked: z.union([time, nothing]),
  })
  .openapi("Token");

export const ShownToken = Token.extend({ token: z.string() }).openapi("ShownToken");
