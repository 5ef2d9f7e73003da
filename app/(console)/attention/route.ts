import { readInScope } from "@/app/(console)/_lib/reading";
import { needLabel } from "@/components/text/need-labels";
import { needsAmongAll } from "@/server/overview/overview";
import type { AttentionShown } from "./attention-shown";

const SHOWN = 8;

/** What needs attention, for the bell: the total, and the most urgent entries. */
export function GET(): Promise<Response> {
  return readInScope("licenses.read", async ({ who, now }) => {
    const { needs } = await needsAmongAll(who, now);
    const rows = needs.slice(0, SHOWN).map(({ row, need }) => {
      const { state, badge, what, href } = needLabel(need, row, now);
      return { state, badge, what, href, number: row.number, customer: row.customer.name };
    });
    const shown: AttentionShown = { build: process.env.SIGNET_BUILD, count: needs.length, rows };
    return Response.json(shown);
  });
}
