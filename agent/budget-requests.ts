import { askedFor, NOTHING_PREPAID } from "@/domain/leases/prepaid";
import type { Allotment } from "@/domain/licenses/definition";
import { addMonths, type Month, monthEnd, monthOf } from "@/domain/month";
import { type Budget, type BudgetTerms, isRequestDue, wantedMinutes } from "./budget";
import { slotKey } from "./consumption";
import { timeAllotments } from "./metering";
import { isPrepaid, type Moment, paceKey } from "./prepaying";
import type { License, State } from "./state";

/** A request for minutes, as a report carries it. All values but `want` are totals of the run in the month. */
export type BudgetRequest = {
  id: number;
  allotment: string;
  month: Month;
  sequence: number;
  used: number;
  reported: number;
  want: number;
  lease?: string;
  granted?: number;
};

/** The requests by the key of their slot, with the budgets that they are about. */
export type BudgetRequests = ReadonlyMap<string, BudgetRequest>;

export type RequestTerms = {
  at: Moment;
  /** How long a budget has to last without the backend, in milliseconds. */
  outage: number;
  /** Budgets that were answered in this exchange already. */
  except: ReadonlySet<string>;
  /** Whether all minutes are given back. */
  isLast: boolean;
};

const MOST_REQUESTS = 100;
/** Minutes of the next month are reserved before it begins; the backend takes a day at most. */
const AHEAD_MS = 6 * 3_600_000;

/**
 * The requests to send now, saved in their budgets. One that has no response yet is repeated unchanged, even after its
 * month has ended; minutes that are given back can't be spent from now on.
 */
export function withRequests(state: State, terms: RequestTerms): [State, BudgetRequests] {
  const { license } = state;
  if (license?.settings.whenOffline !== "bounded") return [state, new Map()];
  const budgets = new Map(state.budgets);
  const requests = new Map<string, BudgetRequest>();
  const add = (key: string, budget: Budget, want: number) => {
    if (requests.size === MOST_REQUESTS) return;
    const prepaid = askedFor(budget.prepaid, want);
    budgets.set(key, { ...budget, prepaid });
    requests.set(key, requestOf(budget, prepaid.waiting, requests.size + 1));
  };
  for (const [key, budget] of state.budgets)
    if (isWaiting(state, key) && !terms.except.has(key)) add(key, budget, 0);
  for (const { allotment, month } of prepaidMonths(state, license, terms.at.now)) {
    const key = slotKey(license.number, allotment.name, month);
    if (isWaiting(state, key) || terms.except.has(key)) continue;
    const budget = budgets.get(key) ?? newBudget(license, allotment, month);
    const want = wantOf(state, license, allotment, budget, terms);
    if (want !== null) add(key, budget, want);
  }
  return [requests.size > 0 ? { ...state, budgets } : state, requests];
}

/** Whether a request of this slot has no response yet: minutes that were charged since are reported after it. */
export function isWaiting({ budgets }: State, key: string): boolean {
  return budgets.get(key)?.prepaid.waiting != null;
}

/** The months of each allotment in which minutes are granted from a budget: this one, and the next one shortly before. */
function prepaidMonths(
  state: State,
  license: License,
  now: number,
): { allotment: Allotment; month: Month }[] {
  const month = monthOf(new Date(now));
  const isEnding = monthEnd(month).getTime() - now < AHEAD_MS;
  const months = isEnding ? [month, addMonths(month, 1)] : [month];
  return timeAllotments(license.definition).flatMap((allotment) =>
    months.filter((each) => isPrepaid(state, allotment, each)).map((each) => ({ allotment, month: each })),
  );
}

/** The minutes to ask for; null if there is nothing to ask. */
function wantOf(
  { paces }: State,
  license: License,
  { name, usage }: Allotment,
  budget: Budget,
  { at, outage, isLast }: RequestTerms,
): number | null {
  const { granted, used } = budget.prepaid;
  if (isLast) return granted > used ? 0 : null;
  const terms: BudgetTerms = { syncEvery: license.syncEvery, outage };
  const want = wantedMinutes(
    paces.get(paceKey(license.number, name)),
    usage.minimum,
    budget.told,
    terms,
    at.now,
  );
  return isRequestDue(budget, want, usage.minimum, at.uptime) ? want : null;
}

function newBudget({ number }: License, { name }: Allotment, month: Month): Budget {
  return { license: number, allotment: name, month, lease: null, prepaid: NOTHING_PREPAID, told: null };
}

function requestOf(
  { allotment, month, lease }: Budget,
  { granted, ...values }: { sequence: number; used: number; reported: number; want: number; granted: number },
  id: number,
): BudgetRequest {
  return { id, allotment, month, ...values, ...(lease === null ? {} : { lease, granted }) };
}
