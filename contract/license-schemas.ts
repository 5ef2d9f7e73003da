import { z } from "@hono/zod-openapi";
import { LEASE_HOURS, WHEN_OFFLINE } from "@/domain/leases/bounded-definition";
import { MAX_OFFLINE_DAYS } from "@/domain/offline/checkout";
import { DEFINITION_EXAMPLE, Definition, products, validity } from "./definition-schemas";
import { licenseNumber, name, time } from "./fields";
import { Notes } from "./notes-schemas";

export const status = z.enum(["active", "suspended", "revoked"]);

const LicenseSettings = z
  .strictObject({
    autoAssignProfessional: z.boolean(),
    autoAssignAnalyzer: z.boolean(),
    subjectMatching: z.enum(["folded", "exact"]),
    leaseDays: z.int().min(1).max(3650),
    graceDays: z.int().min(0).max(3650),
    offlineDays: z.int().min(1).max(MAX_OFFLINE_DAYS).openapi({
      description: "How many days a signed definition for a deployment without a network is valid.",
    }),
    maxCheckouts: z
      .union([z.int().min(0).max(1_000_000), z.null()])
      .openapi({ description: "How many signed definitions can be out at a time; null is any number." }),
    sessionNames: z.boolean().openapi({
      description:
        "Whether the names of users are kept, encrypted, beside their sessions and denials. Off by default; turning it off deletes them.",
    }),
    whenOffline: z.enum(WHEN_OFFLINE).openapi({
      description:
        "`optimistic`: deployments that can't reach the server continue with the last known total, so a month can end above its cap. `bounded`: they use only minutes that they reserved; those that can't reserve get none.",
    }),
    leaseHours: z.int().min(LEASE_HOURS.min).max(LEASE_HOURS.max).openapi({
      description: "How many hours reserved minutes can be used without reaching the server.",
    }),
  })
  .openapi("LicenseSettings");

export const someSettings = LicenseSettings.partial().openapi("LicenseSettingsChange");

export const NewLicense = z
  .strictObject({
    customer: name.openapi({
      description: "A customer's id or name; an unknown name creates a new customer.",
    }),
    ...Definition.shape,
    products: products.optional(),
    number: licenseNumber.optional(),
    settings: someSettings.optional(),
    notes: Notes.optional(),
  })
  .openapi("NewLicense", { example: { customer: "Nordlicht GmbH", ...DEFINITION_EXAMPLE } });

export const LicenseChange = z
  .strictObject({
    status: status.optional(),
    settings: someSettings.optional(),
    valid: validity.optional(),
    products: products.optional(),
  })
  .openapi("LicenseChange", { example: { settings: { leaseDays: 14 } } });

export const LicenseSummary = z
  .object({
    number: z.string(),
    customer: z.object({ id: z.uuid(), name: z.string() }),
    status,
    standing: z.enum(["active", "expiring", "grace", "expired", "not-yet-valid"]),
    product: z.string(),
    products: z.array(z.string()),
    valid: z.string(),
    trial: z.boolean(),
    version: z.string(),
    settings: LicenseSettings,
    created: time,
    updated: time,
  })
  .openapi("LicenseSummary");

export const License = LicenseSummary.extend({ definition: Definition }).openapi("License");
