import { z } from "@hono/zod-openapi";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import { parseMonth } from "@/domain/month";
import { isPlainText } from "@/domain/text";
import { parseTimestamp } from "@/domain/timestamp";

const MAX_PAGE = 200;
const MAX_DEPTH = 16;

/** A line of text: well-formed, without control characters, trimmed, at most 200 characters. */
export const line = z
  .string()
  .trim()
  .refine((text) => isPlainText(text), "must be one line of at most 200 characters")
  .openapi({ type: "string", maxLength: 200 });

/** A line that is stored as a label, which may be empty: without invisible characters. */
export const label = line.superRefine(withoutHidden);

/** A label that can't be empty. */
export const newName = label.refine((text) => text !== "", "must not be empty").openapi({ minLength: 1 });

/** A name that may have been stored before invisible characters were refused. */
export const name = line.refine((text) => text !== "", "must not be empty").openapi({ minLength: 1 });

export const time = z.iso.datetime().openapi({ type: "string", format: "date-time" });

/** A time in any offset. */
export const moment = z
  .string()
  .transform((text, context) => {
    const at = parseTimestamp(text);
    if (at) return at;
    context.addIssue("must be a time like 2026-08-24T10:00:00Z");
    return z.NEVER;
  })
  .openapi({ type: "string", format: "date-time" });

/** A license number, with or without spaces and hyphens. */
export const licenseNumber = z
  .string()
  .transform((text, context) => {
    const number = parseLicenseNumber(text);
    if (number) return number;
    context.addIssue("must be 16 digits");
    return z.NEVER;
  })
  .openapi({
    type: "string",
    example: "9999000000001253",
    description: "16 digits; spaces and hyphens are ignored.",
  });

/** An id as it is, or a license number in any form that people write. */
export const idOrNumber = line
  .transform((text) => parseLicenseNumber(text) ?? text)
  .openapi({ type: "string", maxLength: 200 });

export const month = z
  .string()
  .refine((text) => parseMonth(text) !== null, "must be a month as YYYY-MM")
  .openapi({ type: "string", pattern: "^\\d{4}-\\d{2}$", example: "2026-08" });

export const flag = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .openapi({ type: "string", enum: ["true", "false"] });

/** The parameters of every paged list. */
export const slice = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.string().max(4000).optional(),
};

export const query = line.optional();

/** JSON of limited depth that the store keeps as it is. */
export const freeJson = z
  .record(z.string(), z.unknown())
  .refine((value) => isStorable(value, MAX_DEPTH), "must be plain JSON of at most 16 levels")
  .openapi({ type: "object" });

/** `sort=field`, or `sort=-field` for the reverse order. */
export function sortBy<const Field extends string>(fields: readonly Field[]) {
  const both = fields.flatMap((field) => [field, `-${field}`] as [Field, `-${Field}`]);
  return z.enum(both).optional();
}

/** A zod check that refuses invisible characters in a new name. */
export function withoutHidden(text: string, context: z.RefinementCtx): void {
  const hidden = hiddenIn(text);
  if (hidden) context.addIssue(hiddenText(hidden));
}

function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === "string") return !/[\0\p{Cs}]/u.test(value);
  if (value === null || typeof value !== "object") return true;
  if (depth === 0) return false;
  return Object.entries(value).every(([key, member]) => isStorable(key, 0) && isStorable(member, depth - 1));
}
