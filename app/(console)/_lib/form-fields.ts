import { z } from "zod";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import type { ActionResult } from "./action-result";
import { revalidateAfter } from "./revalidate-after";

/**
 * An action can receive anything from a browser, whatever its types say. These functions read the input and never
 * throw; their result is parsed behind the gate.
 */
export function fieldsOf(form: unknown): Record<string, unknown> {
  return form instanceof FormData ? Object.fromEntries(form) : {};
}

/** All values of a field that can occur several times. */
export function valuesOf(form: unknown, name: string): unknown[] {
  return form instanceof FormData ? form.getAll(name) : [];
}

/** The tag of the state that the form showed, which detects changes by others; null if the form sent none. */
export function tagIn(form: unknown): string | null {
  const { tag } = fieldsOf(form);
  return typeof tag === "string" ? tag : null;
}

/** Text of at most `max` characters without NUL, which the store cannot hold. */
export function text(max: number) {
  return z
    .string()
    .max(max, `Use at most ${max} characters.`)
    .refine((value) => !value.includes("\0"), "It contains a NUL character. Remove it.");
}

/** Whether the value is a license number as the console sends it: 16 digits. */
export function isNumber(number: unknown): number is string {
  return typeof number === "string" && parseLicenseNumber(number) === number;
}

/** Revalidates every page of a license after an action. */
export function revalidateLicense(answer: ActionResult<unknown>, number: unknown): void {
  if (isNumber(number)) revalidateAfter(answer, `/licenses/${number}`, "layout");
}
