"use server";

import { revalidatePath } from "next/cache";
import { beginSample } from "@/server/sample-filling";
import { type Answer, act } from "../act";

export async function loadSample(): Promise<Answer<void>> {
  const begun = await act("sample.fill", ({ actor, now }) => beginSample(actor, now));
  revalidatePath("/", "layout");
  return begun;
}
