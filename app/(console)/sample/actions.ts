"use server";

import { act } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { beginSample, takeSampleBack } from "@/server/sample/sample-filling";

/** The page is not drawn again by it: that would have to wait for the first of the work, and shows no progress meanwhile. */
export async function loadSample(): Promise<ActionResult<void>> {
  return act("sample.write", ({ actor, now }) => beginSample(actor, now));
}

export async function removeSampleNow(): Promise<ActionResult<void>> {
  const removed = await act("sample.write", ({ actor, now }) => takeSampleBack(actor, now));
  revalidateAfter(removed, "/", "layout");
  return removed;
}
