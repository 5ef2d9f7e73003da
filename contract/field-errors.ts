import { z } from "@hono/zod-openapi";
import { fieldError, fieldPredicate } from "@/domain/refusals/field-sentences";
import type { FieldError } from "@/domain/refusals/refusal";

/** Schemas without a message of their own get one of ours. */
z.config({ customError: fieldPredicate });

/** The issues of a schema, each with a JSON Pointer to its field. */
export function fieldErrorsIn({ issues }: Pick<z.ZodError, "issues">): FieldError[] {
  return issues.map(({ code, path, message }) => fieldError(code, path, message));
}
