import { z } from "@hono/zod-openapi";
import { statusOf } from "@/contract/problem";
import { Problem } from "@/contract/schemas";
import type { ProblemCode } from "@/domain/refusals/refusal-text";

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

const nextCursor = z
  .union([z.string(), z.null()])
  .openapi({ description: "For the next page; null after the last one." });

/** The header that leads to the next page of a list. */
export const nextLink = {
  Link: {
    schema: { type: "string" as const },
    description: 'The URL of the next page (`rel="next"`), until the last one.',
  },
};

/** A page of a list, and the cursor for the next page. */
export function pageOf<Schema extends z.ZodType>(item: Schema, description: string) {
  return pageWith({ items: z.array(item) }, description);
}

/** The same for a list that doesn't call its rows `items`. */
export function pageWith<Shape extends z.ZodRawShape>(rows: Shape, description: string) {
  return { ...jsonResponse(z.object({ ...rows, cursor: nextCursor }), description), headers: nextLink };
}

export function bodyOf<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } };
}

/**
 * The refusals of a route beside those that api/openapi-refusals.ts adds to every operation of its kind. They have no
 * part in the type of its responses: a refusal is thrown.
 */
export function refusals(...codes: ProblemCode[]): object {
  return Object.fromEntries(
    codes.map((code) => [
      statusOf(code),
      refusal(codes.filter((other) => statusOf(other) === statusOf(code))),
    ]),
  );
}

/** Refusals that the state of others causes, for codes that otherwise mean forbidden. */
export function conflicts(...codes: ProblemCode[]): object {
  return { 409: refusal(codes) };
}

function refusal(codes: ProblemCode[]) {
  return {
    description: codes.join(", "),
    content: { "application/problem+json": { schema: Problem } },
    "x-codes": codes,
  };
}

/** Why the upload of a log can be refused. */
export const LOG_REFUSALS: ProblemCode[] = [
  "INVALID_LOG",
  "WRONG_LICENSE",
  "UNKNOWN_CHECKOUT",
  "SOURCE_IS_ONLINE",
  "UPLOAD_RUNNING",
  "LOG_GAP",
  "LOG_DIVERGED",
  "LOG_CLOSED",
  "TOO_MANY_DEPLOYMENTS",
  "OVERLOADED",
];

export const empty = { description: "Done." };
