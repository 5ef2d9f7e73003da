import { revalidatePath } from "next/cache";
import type { ActionResult } from "./action-result";

/**
 * Revalidates a page after an action, also after a refusal, because something may have changed meanwhile. A person who
 * was signed out is excepted: the page would turn into the sign-in, and typed input would be lost.
 */
export function revalidateAfter(answer: ActionResult<unknown>, path: string, type?: "layout"): void {
  if (answer.ok || answer.refused.code !== "SIGNED_OUT") revalidatePath(path, type);
}
