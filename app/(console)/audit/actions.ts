"use server";

import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { text } from "@/app/(console)/_lib/form-fields";
import { allowOnChain } from "@/server/audit/chain";
import { chainsInSight } from "@/server/audit/scope";
import { type VerificationStep, verifyChains } from "@/server/audit/verification";

/** Verifies one chain from its first event, or every chain that the person may read; the result says how far it got. */
export async function verifyNow(
  chain: string | null,
): Promise<ActionResult<AsyncGenerator<VerificationStep>>> {
  return act("audit.read", async ({ who, actor, now }) => {
    const named = parsed(text(200).nullable(), chain);
    if (named !== null) await allowOnChain(who, named);
    return verifyChains(named === null ? await chainsInSight(who) : [named], actor, now);
  });
}
