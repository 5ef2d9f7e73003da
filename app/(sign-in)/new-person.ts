import { z } from "zod";
import { withoutHidden } from "@/contract/fields";
import { Refusal } from "@/domain/refusals/refusal";
import { isPlainText } from "@/domain/text";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "@/server/identity/auth";

export const personName = z
  .string()
  .trim()
  .min(1, "Enter your name.")
  .refine((text) => isPlainText(text), "Use at most 200 characters.")
  .superRefine(withoutHidden);

export const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `Use at least ${SHORTEST_PASSWORD} characters.`)
  .max(LONGEST_PASSWORD, `Use at most ${LONGEST_PASSWORD} characters.`);

/** The error messages by field, one per field. */
export function errorsByField(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0]), message]));
}

/** A refusal: by field if it names one, otherwise as a sentence. */
export type FormError = { sentence?: string; wrong: Record<string, string> };

/** Runs the work and returns why it was refused; null if it succeeded. */
export async function refusalOf(work: () => Promise<unknown>): Promise<FormError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const fields = error.faults.flatMap(({ pointer, title }) => (pointer ? [[pointer.slice(1), title]] : []));
    return fields.length > 0 ? { wrong: Object.fromEntries(fields) } : { sentence: error.detail, wrong: {} };
  }
}
