"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { cancelLicenseRun } from "@/server/licenses/license-runs";

/** Cancels the rest of a creation. */
export async function cancelCreation(id: string): Promise<ActionResult<void>> {
  const cancelled = await act("licenses.write", () => cancelLicenseRun(parsed(z.uuid(), id)));
  if (cancelled.ok) revalidatePath("/", "layout");
  return cancelled;
}
