import { Refusal } from "@/domain/refusals/refusal";
import { type Verification, verifyChain } from "@/server/audit/chain";
import { store } from "@/server/store/store";
import { type CheckedRule, tally } from "./check-rules";

type Broken = Extract<Verification, { whole: false }>["bad"];

/** Checks every chain that has a head or an event; its rows are events. */
export async function auditChainsRule(): Promise<CheckedRule> {
  const { checked, count } = tally(
    "audit-chains",
    "every audit chain is intact from its first event to its head",
  );
  const chains = await store().db.$queryRaw<{ chain: string }[]>`
    SELECT 'installation' AS chain UNION SELECT license FROM roster UNION SELECT chain FROM audit_event ORDER BY chain`;
  let events = 0;
  for (const { chain } of chains) {
    const found = await verified(chain);
    events += found.events;
    count(found.bad === null, `${chain} ${found.bad?.sequence ?? ""} ${found.bad?.reason ?? ""}`);
  }
  return { ...checked, rows: events };
}

async function verified(chain: string): Promise<{ events: number; bad: Broken | null }> {
  try {
    const found = await verifyChain(chain);
    return { events: found.events, bad: found.whole ? null : found.bad };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // A temporary copy ended in the meantime, and its chain with it.
    if ((await store().db.auditEvent.count({ where: { chain } })) === 0) return { events: 0, bad: null };
    return { events: 0, bad: { sequence: 1, id: null, reason: "belongs to no license" } };
  }
}
