import { z } from "zod";
import { Refusal } from "@/domain/refusal";
import { isPlainText } from "@/domain/text";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "@/server/auth";

export const personName = z
  .string()
  .trim()
  .min(1, "Write your name.")
  .refine((text) => isPlainText(text), "Write your name in 200 characters or fewer.");

export const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `Choose ${SHORTEST_PASSWORD} characters or more.`)
  .max(LONGEST_PASSWORD, `Choose ${LONGEST_PASSWORD} characters or fewer.`);

/** What a form's fields were wrong in, each once. */
export function faultsByField(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0]), message]));
}

/** Why something was refused, in a sentence; null when it was not. */
export async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.detail;
    throw error;
  }
}
