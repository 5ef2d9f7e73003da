import { answered } from "@/domain/leases/prepaid";
import type { Budget, BudgetReply } from "./budget";
import type { BudgetRequest, BudgetRequests } from "./budget-requests";
import { type Moment, paceKey } from "./prepaying";
import type { State } from "./state";
import type { LeaseResult } from "./wire";

/** The backend's response to the requests of one report; `serverTime` is when it was made. */
export type BudgetReplies = { results: readonly LeaseResult[]; serverTime: number; askedAt: Moment };

/** What follows from a response: the definition is outdated, or a new run has to begin. */
export type Aftermath = "definition" | "run" | null;

/** With these codes the run can't get any more minutes: another copy of this agent used it, or an admin released it. */
const RUN_ENDED = new Set(["LEASE_RELEASED", "RUN_COPIED", "SEQUENCE_BEHIND"]);
const TERMS_CHANGED = new Set(["LEASES_OFF", "UNKNOWN_ALLOTMENT", "NOT_METERED"]);

/** Applies the response to requests of this run. One without a result stays open, and is sent again. */
export function withReplies(
  state: State,
  requests: BudgetRequests,
  replies: BudgetReplies,
): [State, Aftermath] {
  let next = state;
  let aftermath: Aftermath = null;
  for (const [key, request] of requests) {
    const result = replies.results.find(({ id }) => id === request.id);
    const ending = result ? endingOf(request, result) : "definition";
    if (ending === "run") return [state, "run"];
    aftermath ??= ending;
    if (result) next = withResult(next, key, result, replies);
  }
  return [next, aftermath];
}

/** A response that grants less than was used knows nothing of this run: the backend went back in time. */
function endingOf({ used }: BudgetRequest, { error, granted }: LeaseResult): Aftermath {
  if (error) return RUN_ENDED.has(error.code) ? "run" : TERMS_CHANGED.has(error.code) ? "definition" : null;
  return typeof granted === "number" && granted < used ? "run" : null;
}

function withResult(state: State, key: string, result: LeaseResult, replies: BudgetReplies): State {
  const budget = state.budgets.get(key);
  if (!budget) return state;
  if (result.error) return withEnded(state, key, budget, result.error.code);
  if (result.sequence === undefined || result.granted === undefined) return state;
  const budgets = new Map(state.budgets).set(key, grantedBudget(budget, result, replies));
  return { ...satisfied(state, budget), budgets };
}

/** A refusal ends the request. What the budget holds can still be spent. */
function withEnded(state: State, key: string, budget: Budget, code: string): State {
  const prepaid = { ...budget.prepaid, waiting: null };
  const next = { ...state, budgets: new Map(state.budgets).set(key, { ...budget, prepaid }) };
  return code === "LEASES_OFF" ? withoutBudgets(next) : next;
}

/** The license isn't bounded any more: minutes are counted as without budgets. */
function withoutBudgets(state: State): State {
  const { license } = state;
  if (!license) return state;
  const settings = { ...license.settings, whenOffline: "optimistic" as const };
  return { ...state, license: { ...license, settings }, budgets: new Map() };
}

/** Nobody waits for minutes any more: whoever got none asks again. */
function satisfied(state: State, { license, allotment }: Budget): State {
  const key = paceKey(license, allotment);
  const pace = state.paces.get(key);
  return pace?.need ? { ...state, paces: new Map(state.paces).set(key, { ...pace, need: 0 }) } : state;
}

function grantedBudget(budget: Budget, result: LeaseResult, { serverTime, askedAt }: BudgetReplies): Budget {
  const { sequence = 0, granted = null, lease = budget.lease, expires } = result;
  const ends = expires === undefined ? serverTime : Date.parse(expires);
  const lasts = ends - serverTime;
  const prepaid = answered(budget.prepaid, { sequence, granted, left: lasts }, askedAt.uptime);
  const told = replyOf(budget, result, { askedAt: askedAt.uptime, expires: ends, lasts });
  return prepaid === budget.prepaid ? budget : { ...budget, lease, prepaid, told, isUnproven: false };
}

function replyOf(
  { prepaid }: Budget,
  { granted = null, booked = 0, reserved = 0, cap = null, free = null, reason }: LeaseResult,
  when: Pick<BudgetReply, "askedAt" | "expires" | "lasts">,
): BudgetReply {
  const { used = 0, want = 0 } = prepaid.waiting ?? {};
  const isShort = granted !== null && granted < used + want;
  const others = Math.max(0, reserved - Math.max(0, (granted ?? 0) - booked));
  return { others, cap, free, reason: reason ?? null, isShort, ...when };
}
