import { z } from "@hono/zod-openapi";
import { VALIDITY_FORMS } from "@/domain/licenses/validity";
import { freeJson, name, time } from "./fields";

export const DEFINITION_EXAMPLE = {
  product: "QSEfW",
  valid: "2026-01-01/2026-12-31",
  allotments: [
    { name: "analyzer", usage: { class: "assigned" }, units: [{ count: 40 }] },
    { name: "analyzer_time", usage: { class: "time", minimum: 6 }, units: [{ count: 6000 }], overage: 600 },
  ],
};

const MOST = 1_000_000_000;
const COUNT = "Write a whole number from 0 to 1,000,000,000.";
const OVERAGE = `${COUNT} Or "YES" for no cap; leave overage out, or write 0, for none.`;
const MINIMUM = "Write a whole number of minutes from 1 to 100,000.";
const PRODUCTS = "List 1 to 50 product codes, or leave products out for all.";

const units = (words: string) => z.int(words).min(0, words).max(MOST, words);
export const products = z.array(name, PRODUCTS).min(1, PRODUCTS).max(50, PRODUCTS);
export const validity = z.string(VALIDITY_FORMS).max(50, VALIDITY_FORMS).openapi({
  description: '`""`, `./.`, `2018-01-01/.`, `./2018-12-31` or `2018-01-01/2018-12-31`: UTC days, inclusive.',
  example: "2026-01-01/2026-12-31",
});

const Allotment = z
  .strictObject({
    name,
    usage: z.strictObject({
      class: z.enum(["assigned", "time"], 'Write "assigned" for seats or "time" for minutes.'),
      minimum: z.int(MINIMUM).min(1, MINIMUM).max(100_000, MINIMUM).default(1),
    }),
    provisions: z
      .array(z.strictObject({ accessType: name }))
      .max(50)
      .default([]),
    units: z.array(z.strictObject({ count: units(COUNT), valid: validity.default("") })).max(1000),
    overage: z.union([units(OVERAGE), z.literal("YES")], OVERAGE).optional(),
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
  .openapi("Definition", { example: DEFINITION_EXAMPLE });

const Grant = z.object({ quota: z.int(), overage: z.union([z.int(), z.literal("YES")]) });
export const DefinitionEffect = z
  .object({
    version: z.string(),
    frees: z.int().openapi({ description: "Seats that become available." }),
    excess: z.array(z.object({ allotment: z.string(), count: z.int() })),
    promises: z
      .array(
        z.object({
          checkout: z.uuid(),
          label: z.string(),
          product: z.string(),
          expires: time,
          shares: z.union([z.array(z.object({ allotment: z.string(), units: z.int() })), z.null()]),
        }),
      )
      .optional()
      .openapi({
        description: "What issued signed definitions still grant, whatever definition comes into force.",
      }),
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
      .openapi({ description: "What a correction changes in the months that have not ended." }),
  })
  .openapi("DefinitionEffect");
