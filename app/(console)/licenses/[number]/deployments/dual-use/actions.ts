"use server";

import { z } from "zod";
import { type Acting, actOnLicense, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateLicense } from "@/app/(console)/_lib/form-fields";
import { DualUseRejection } from "@/contract/dual-use-schemas";
import { acceptDualUse, rejectDualUse, withdrawDualUse } from "@/server/dual-use/dual-use-requests";

const one = z.uuid();

export async function acceptHere(number: string, id: string): Promise<ActionResult<void>> {
  return decide(number, ({ actor, now }) => acceptDualUse(number, parsed(one, id), actor, now));
}

/** Rejects a request; the deployment shows the reason. */
export async function rejectHere(number: string, id: string, reason: string): Promise<ActionResult<void>> {
  return decide(number, ({ actor, now }) =>
    rejectDualUse(number, parsed(one, id), parsed(DualUseRejection, { reason }).reason, actor, now),
  );
}

export async function withdrawHere(number: string, id: string): Promise<ActionResult<void>> {
  return decide(number, ({ actor, now }) => withdrawDualUse(number, parsed(one, id), actor, now));
}

async function decide(
  number: string,
  work: (acting: Acting) => Promise<unknown>,
): Promise<ActionResult<void>> {
  const decided = await actOnLicense(number, "dual-use.decide", async (acting) => {
    await work(acting);
  });
  revalidateLicense(decided, number);
  return decided;
}
