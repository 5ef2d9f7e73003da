import { z } from "@hono/zod-openapi";
import { Problem } from "@/contract/schemas";

/** A response in JSON. */
export function jsonResponse<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A response with a created resource and its address. */
export function createdResponse<Schema extends z.ZodType>(schema: Schema, description: string) {
  return {
    ...jsonResponse(schema, description),
    headers: {
      Location: { schema: { type: "string" as const }, description: "The URL of the created resource." },
    },
  };
}

/** A page of a list, and the cursor for the next page. */
export function pageOf<Schema extends z.ZodType>(item: Schema, description: string) {
  return jsonResponse(
    z.object({ items: z.array(item), cursor: z.union([z.string(), z.null()]) }),
    description,
  );
}

export function bodyOf<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } };
}

/** The one error body, whatever the status. */
export const refusalResponse = {
  default: {
    description:
      "Refused: `code` says why. Nothing was changed, unless `code` is `OUTCOME_UNKNOWN`: then the store didn't answer in time, and you can send the same request again.",
    content: { "application/problem+json": { schema: Problem } },
  },
};

export const empty = { description: "Done." };
