import { z } from "@hono/zod-openapi";

/** How many items a bulk request can have. */
const MOST_ITEMS = 5000;

const allotment = z.string().max(1000).openapi({ example: "analyzer" });
const instances = z
  .array(z.string().max(100))
  .min(1)
  .max(MOST_ITEMS)
  .openapi({ example: ["4611686018427387904"], description: "The instances of assignments." });

export const BulkAssign = z
  .strictObject({
    assignments: z
      .array(z.strictObject({ subject: z.string().max(1000), allotment }))
      .min(1)
      .max(MOST_ITEMS),
  })
  .openapi("BulkAssign", {
    example: {
      assignments: [
        { subject: "acme\\bob", allotment: "analyzer" },
        { subject: "acme\\eve", allotment: "professional" },
      ],
    },
  });

export const BulkRelease = z.strictObject({ instances }).openapi("BulkRelease");

export const BulkConvert = z
  .strictObject({ instances, allotment: allotment.openapi({ example: "professional" }) })
  .openapi("BulkConvert");

const ItemError = z.object({ code: z.string(), title: z.string(), detail: z.string() });

export const BulkResult = z
  .object({
    items: z.array(
      z.object({
        status: z.int().openapi({
          description:
            "As the same request for this item alone would have: 200 if nothing had to be changed.",
        }),
        instance: z.string().optional().openapi({ description: "The seat that the user holds now." }),
        subject: z.string().optional(),
        allotment: z.string().optional(),
        error: ItemError.optional(),
      }),
    ),
  })
  .openapi("BulkResult", {
    example: {
      items: [
        { status: 201, instance: "4611686018427387904", subject: "acme\\bob", allotment: "analyzer" },
        {
          status: 403,
          subject: "acme\\eve",
          allotment: "professional",
          error: {
            code: "NO_AVAILABLE_UNITS",
            title: "Every seat is taken",
            detail: "acme\\eve was not assigned. All 10 professional seats are taken.",
          },
        },
      ],
    },
  });
