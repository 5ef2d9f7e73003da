import { revalidatePath } from "next/cache";
import type { ActionResult } from "./action-result";

/**
 * Draws a page again after an action, also one that was refused because something changed meanwhile. Not for somebody who
 * was signed out: the page would become the sign-in, and what was typed in it would be lost.
 */
export function revalidateAfter(answer: ActionResult<unknown>, path: string, type?: "layout"): void {
  if (answer.ok || answer.refused.code !== "SIGNED_OUT") revalidatePath(path, type);
}
