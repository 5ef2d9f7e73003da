"use server";

import { revalidatePath } from "next/cache";
import { beginSample, takeSampleBack } from "@/server/sample-filling";
import { type Answer, act } from "../act";

export async function loadSample(): Promise<Answer<void>> {
  const begun = await act("sample.write", ({ actor, now }) => beginSample(actor, now));
  revalidatePath("/", "layout");
  return begun;
}

export async function removeSampleNow(): Promise<Answer<void>> {
  const removed = await act("sample.write", ({ actor, now }) => takeSampleBack(actor, now));
  revalidatePath("/", "layout");
  return removed;
}
