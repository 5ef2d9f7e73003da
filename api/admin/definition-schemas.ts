import { z } from "@hono/zod-openapi";
import { freeJson, name } from "./fields";

const count = z.int().min(0).max(1_000_000_000);
export const products = z.array(name).min(1).max(50);
export const validity = z.string().max(50).openapi({
  description:
    '`""`, `./.`, `2018-01-01/.`, `./2018-12-31` or `2018-01-01/2018-12-31`: UTC days, the last included.',
  example: "2026-01-01/2026-12-31",
});

const Allotment = z
  .strictObject({
    name,
    usage: z.strictObject({
      class: z.enum(["assigned", "time"]),
      minimum: z.int().min(1).max(100_000).default(1),
    }),
    provisions: z
      .array(z.strictObject({ accessType: name }))
      .max(50)
      .default([]),
    units: z.array(z.strictObject({ count, valid: validity.default("") })).max(1000),
    overage: z.union([count, z.literal("YES")]).optional(),
    products: products.optional(),
  })
  .openapi("Allotment");

const Parameter = z
  .strictObject({
    name,
    valid: validity.default(""),
    values: freeJson.optional(),
    access: z.strictObject({ allotment: name.optional() }).optional(),
    products: products.optional(),
  })
  .openapi("Parameter");

export const Definition = z
  .strictObject({
    product: name,
    valid: validity.default(""),
    trial: z.boolean().default(false),
    allotments: z.array(Allotment).max(200),
    parameters: z.array(Parameter).max(500).default([]),
  })
  .openapi("Definition");

const Grant = z.object({ quota: z.int(), overage: z.union([z.int(), z.literal("YES")]) });
export const DefinitionEffect = z
  .object({
    version: z.string(),
    frees: z.int().openapi({ description: "Seats that become free to be taken." }),
    excess: z.array(z.object({ allotment: z.string(), count: z.int() })),
    months: z
      .array(
        z.object({
          month: z.string(),
          allotment: z.string(),
          before: Grant,
          after: Grant,
          booked: z.int(),
          reserved: z.int(),
        }),
      )
      .optional()
      .openapi({ description: "What a correction makes of the months that have not ended." }),
  })
  .openapi("DefinitionEffect");
