import { monthOf } from "@/domain/month";
import { areTermsStale, synced, syncRequest } from "./assignments";
import { Unanswered } from "./backend-problem";
import { unspent } from "./budget";
import { type ExchangeContext, openDefinition, takerOf } from "./definition-exchange";
import { timeAllotments } from "./metering";
import { openReports } from "./report-exchange";
import { withTotals } from "./reporting";
import type { Task } from "./schedule";
import type { State } from "./state";
import { nowOf } from "./time";

/** The exchanges with the backend, one at a time. Each throws `Unanswered`; what was saved before stays. */
export type Exchange = Record<Task, () => Promise<void>> & {
  /** Enters a key, if the backend accepts it. */
  enter(key: string, license: string): Promise<void>;
  /** Reports everything, and gives back all minutes that are reserved. */
  giveBack(): Promise<void>;
};

const MOST_TURNS = 1000;

export function openExchange(context: ExchangeContext): Exchange {
  const { backend, journal, reading } = context;
  const now = (state: State) => nowOf(state.time, reading());
  const take = takerOf(journal, now);
  const { enter, definition } = openDefinition(context, take);
  const reportFor = openReports(context, definition);

  return {
    definition,

    enter,

    async sync() {
      let areStale = false;
      for (let turn = 0; turn < MOST_TURNS; turn++) {
        const state = journal.state();
        const { license, source } = state;
        if (!license) return;
        const request = syncRequest(state, license);
        const sent = request.patches.length;
        const reply = await backend.sync({ key: license.key, source }, request);
        await take(license, (latest) => synced(latest, sent, reply, now(latest)));
        areStale ||= areTermsStale(reply, sent);
        const { outbox, paging } = journal.state();
        if (!paging && outbox.length === 0) break;
      }
      if (areStale) await definition();
    },

    async report() {
      const { license, former } = journal.state();
      for (const [number, key] of Object.entries(former)) await reportFor(number, key).catch(ifSuccessful);
      if (license) await reportFor(license.number, license.key);
    },

    /** Nothing is given back before the backend has answered once: what is, can't be spent in an outage any more. */
    async giveBack() {
      const { license, budgets } = journal.state();
      const isHolding = [...budgets.values()].some((budget) => unspent(budget) > 0);
      if (!license || !isHolding) return;
      await totals();
      await reportFor(license.number, license.key, { isLast: true });
    },

    totals,
  };

  async function totals(): Promise<void> {
    const state = journal.state();
    const { license, source } = state;
    if (!license || timeAllotments(license.definition).length === 0) return;
    const month = monthOf(new Date(now(state)));
    const totals = await backend.totals({ key: license.key, source }, month);
    await take(license, (latest) => withTotals(latest, totals, now(latest)));
  }
}

/** A key that was replaced may be revoked by now: minutes under it wait, and block nothing else. */
function ifSuccessful(error: unknown): void {
  if (!(error instanceof Unanswered) || error.trouble.status === undefined) throw error;
}
