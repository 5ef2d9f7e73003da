"use server";

import { act } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateAfter } from "@/app/(console)/_lib/revalidate-after";
import { beginSample, takeSampleBack } from "@/server/sample/sample-filling";

/**
 * Starts loading the sample data. It doesn't revalidate the page: that would wait for the first part of the work and
 * show no progress meanwhile.
 */
export async function loadSample(): Promise<ActionResult<void>> {
  return act("sample.write", ({ actor, now }) => beginSample(actor, now));
}

export async function removeSampleNow(): Promise<ActionResult<void>> {
  const removed = await act("sample.write", ({ actor, now }) => takeSampleBack(actor, now));
  revalidateAfter(removed, "/", "layout");
  return removed;
}
