import { createRoute, z } from "@hono/zod-openapi";
import { bodyOf, jsonResponse, refusals } from "@/api/admin/contract";
import { LEF_EXAMPLE, WrittenLef } from "@/contract/legacy-schemas";

const LefRetrieval = z
  .looseObject({
    serial: z.string().openapi({ example: "9999 0000 0000 0042", description: "The license number." }),
    control: z.string().openapi({
      example: "7K2M-9QXT-4HCB",
      description: "The control number; case, spaces and hyphens are ignored.",
    }),
    userAgent: z.string().max(200).optional().openapi({ description: "Overrides the User-Agent header." }),
  })
  .openapi("LefRetrieval");

/** The call of legacy products. */
export const RETRIEVE_LEF = createRoute({
  method: "post",
  path: "/v1/lef",
  operationId: "retrieveLef",
  tags: ["Product protocol"],
  security: [],
  summary: "Get the LEF of a license by serial and control number",
  description:
    "429 `TOO_MANY_REQUESTS` with `Retry-After` after too many failures; 401 `LEF_REFUSED` whichever number is wrong; 403 `MIGRATED` if the license was migrated to a signed key. An expired license still returns its LEF.",
  request: { body: bodyOf(LefRetrieval) },
  responses: {
    200: {
      description: "The LEF; as text if `Accept` prefers text/plain.",
      content: {
        ...jsonResponse(WrittenLef, "").content,
        "text/plain": { schema: z.string().openapi({ example: LEF_EXAMPLE }) },
      },
    },
    ...refusals("LEF_REFUSED", "MIGRATED", "TOO_MANY_REQUESTS", "INTERNAL", "STORE_UNAVAILABLE"),
  },
});
