import { z } from "@hono/zod-openapi";
import { fieldError, fieldPredicate } from "@/domain/refusals/field-sentences";
import type { FieldError } from "@/domain/refusals/refusal";

/** Every schema that has no message of its own says what is wrong in our words. */
z.config({ customError: fieldPredicate });

/** What a schema found, with a JSON Pointer to each place. */
export function fieldErrorsIn({ issues }: Pick<z.ZodError, "issues">): FieldError[] {
  return issues.map(({ code, path, message }) => fieldError(code, path, message));
}
