"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { cancelLegacyImport } from "@/server/legacy-import";
import { type Answer, act, parsed } from "../../act";

/** Cancels what an import has not done yet. */
export async function cancelImport(id: string): Promise<Answer<void>> {
  const cancelled = await act("legacy.import", () => cancelLegacyImport(parsed(z.uuid(), id)));
  if (cancelled.ok) revalidatePath("/", "layout");
  return cancelled;
}
