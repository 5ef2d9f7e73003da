import { z } from "@hono/zod-openapi";

// The handlers read the wire by hand, for speed and because a wrong value inside an item is that item's error alone.
// The schemas of the product API describe it.

export const SOURCE_EXAMPLE = "0d4c6a5e-6c1b-4a0e-9a57-2f1c3b9d7e10";

export const time = z.iso.datetime();
export const source = z
  .string()
  .min(1)
  .max(200)
  .openapi({ description: "Which deployment this is, usually a UUID." });
export const userAgent = z
  .string()
  .max(200)
  .optional()
  .openapi({ example: "Licenses/1.6.4 (windows) QSEfW", description: "Overrides the User-Agent header." });
export const month = z.string().openapi({ pattern: "^\\d{4}-\\d{2}$", example: "2018-11" });
export const units = z.int().min(0).max(1_000_000_000);

export const id = z
  .union([z.string(), z.number()])
  .openapi({ description: "Matches a result to its element." });
export const echoedId = id.optional().openapi({
  description: "As it was sent; true and false as text, omitted unless it was text or a number.",
});
export const ElementError = z.looseObject({
  id: echoedId,
  error: z.looseObject({ code: z.string(), detail: z.string() }),
});
