"use server";

import { type Answer, act } from "@/app/(console)/act";
import { allowOnChain, type Verification, verifyChain } from "@/server/audit-chain";
import { chainsInSight } from "@/server/audit-log";

/** How one or several chains stand; `bad` is the first break among them. */
export type Verified = {
  chains: number;
  events: number;
  bad: (Extract<Verification, { whole: false }>["bad"] & { chain: string }) | null;
  at: Date;
};

/** Computes a chain anew from its first event; without one, every chain that one may read. */
export async function verifyNow(chain: string | null): Promise<Answer<Verified>> {
  return act("audit.read", async ({ who, now }) => {
    if (chain !== null) await allowOnChain(who, chain);
    const chains = chain === null ? await chainsInSight(who) : [chain];
    const verified: Verified = { chains: chains.length, events: 0, bad: null, at: now };
    for (const one of chains) {
      const found = await verifyChain(one);
      verified.events += found.events;
      if (!found.whole) verified.bad ??= { chain: one, ...found.bad };
    }
    return verified;
  });
}
