import { storedChains, verifyStored } from "@/server/audit/chains";
import { type CheckedRule, tally } from "./check-rules";

/** Checks every chain that has a head or an event; its rows are events. */
export async function auditChainsRule(): Promise<CheckedRule> {
  const { checked, count } = tally(
    "audit-chains",
    "every audit chain is intact from its first event to its head",
  );
  let events = 0;
  for await (const chain of storedChains()) {
    const found = await verifyStored(chain);
    events += found.events;
    count(found.whole, found.whole ? "" : `${chain} ${found.bad.sequence} ${found.bad.reason}`);
  }
  return { ...checked, rows: events };
}
