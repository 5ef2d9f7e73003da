"use server";

import { type Answer, act } from "@/app/(console)/act";
import { allowOnChain } from "@/server/audit-chain";
import { chainsInSight } from "@/server/audit-scope";
import { type VerificationStep, verifyChains } from "@/server/audit-verification";

/** Computes a chain anew from its first event, or every chain that one may read; the answer tells how far it is. */
export async function verifyNow(chain: string | null): Promise<Answer<AsyncGenerator<VerificationStep>>> {
  return act("audit.read", async ({ who, actor, now }) => {
    if (chain !== null) await allowOnChain(who, chain);
    return verifyChains(chain === null ? await chainsInSight(who) : [chain], actor, now);
  });
}
