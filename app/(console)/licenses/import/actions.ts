"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { type ActionResult, act, parsed } from "@/app/(console)/_lib/act";
import { cancelLegacyImport } from "@/server/legacy/legacy-import";

/** Cancels what an import has not done yet. */
export async function cancelImport(id: string): Promise<ActionResult<void>> {
  const cancelled = await act("legacy.import", () => cancelLegacyImport(parsed(z.uuid(), id)));
  if (cancelled.ok) revalidatePath("/", "layout");
  return cancelled;
}
