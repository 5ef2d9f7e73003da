import { z } from "zod";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import type { ActionResult } from "./action-result";
import { revalidateAfter } from "./revalidate-after";

/**
 * What a browser sent to an action may be anything, whatever the action's types say: these read it and never throw. What
 * they give is then parsed behind the gate.
 */
export function fieldsOf(form: unknown): Record<string, unknown> {
  return form instanceof FormData ? Object.fromEntries(form) : {};
}

/** All values of a field that may be there several times. */
export function valuesOf(form: unknown, name: string): unknown[] {
  return form instanceof FormData ? form.getAll(name) : [];
}

/** The tag of what a form showed, by which a change of others is noticed; null where it sends none. */
export function tagIn(form: unknown): string | null {
  const { tag } = fieldsOf(form);
  return typeof tag === "string" ? tag : null;
}

/** Text of at most `max` characters that a store takes: none of ours holds a NUL. */
export function text(max: number) {
  return z
    .string()
    .max(max, `Write ${max} characters or fewer.`)
    .refine((value) => !value.includes("\0"), "It contains a NUL character.");
}

/** A license number as the console writes it, 16 digits. */
export function isNumber(number: unknown): number is string {
  return typeof number === "string" && parseLicenseNumber(number) === number;
}

/** Shows every page of a license again after an action, with what was changed. */
export function revalidateLicense(answer: ActionResult<unknown>, number: unknown): void {
  if (isNumber(number)) revalidateAfter(answer, `/licenses/${number}`, "layout");
}
