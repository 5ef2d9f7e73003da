import { z } from "@hono/zod-openapi";
import { DEFINITION_EXAMPLE, Definition, products } from "./definition-schemas";
import { label } from "./fields";

const period = z
  .union([z.strictObject({ months: z.int() }), z.strictObject({ days: z.int() }), z.null()])
  .openapi({ description: "How long a license is valid from its first day; null: no end." });

export const NewLicenseTemplate = z
  .strictObject({
    name: label
      .min(1, "Enter a name for the template.")
      .max(60, "A name can have at most 60 characters.")
      .openapi({ example: "Bank", minLength: 1, maxLength: 60 }),
    definition: Definition,
    products: z
      .union([z.tuple([]), products])
      .default([])
      .openapi({ type: "array", items: { type: "string" }, description: "Empty: the product alone." }),
  })
  .openapi("NewLicenseTemplate");

export const LicenseTemplate = z
  .object({
    id: z.uuid(),
    name: z.string(),
    template: z.object({
      product: z.union([z.string(), z.null()]),
      period,
      trial: z.boolean(),
      products: z.array(z.string()),
      allotments: Definition.shape.allotments,
      parameters: Definition.shape.parameters,
    }),
  })
  .openapi("LicenseTemplate", {
    description:
      "What new licenses of a kind have in common. Dates count from the day on which one is created.",
    example: {
      ...{ id: "019a8f00-0000-7000-8000-000000000001", name: "Bank" },
      template: {
        ...{ product: "QSEfW", period: { months: 12 }, trial: false, products: ["QSEfW"] },
        ...{ allotments: DEFINITION_EXAMPLE.allotments, parameters: [] },
      },
    },
  });
