import { spent } from "@/domain/leases/prepaid";
import type { Allotment } from "@/domain/licenses/definition";
import { type Month, monthOf } from "@/domain/month";
import { type Budget, type BudgetReply, canSpend, shortageOf, unspent, withPace } from "./budget";
import { newSlot, slotKey, withCharge } from "./consumption";
import { withEntry } from "./layered-map";
import { refusalOf } from "./license-status";
import { chargedSoFar, chargesByMonth, isInBlock, type Session } from "./sessions";
import { isOnline, type License, type State } from "./state";

/** The moment of a call: by the backend's clock, and by the uptime of the machine. */
export type Moment = { now: number; uptime: number };

/** Active minutes of a session that ended now. */
type Work = { session: Session; minutes: number; at: Moment };

/** What a session was charged, and whether it may continue. */
export type PrepaidWork = {
  state: State;
  session: Session;
  charges: ReadonlyMap<Month, number>;
  isPaid: boolean;
};

/** Minutes that a budget can't pay now, and what the backend last said of them. */
export type Lacking = { allotment: Allotment; minutes: number; told: BudgetReply | null };

/** Whether an allotment's minutes are granted from a budget only: the license is bounded, and the month has a cap. */
export function isPrepaid(
  { license, offline, budgets }: Pick<State, "license" | "offline" | "budgets">,
  allotment: Allotment,
  month: Month,
): boolean {
  if (license?.settings.whenOffline !== "bounded" || offline || allotment.overage === "YES") return false;
  return budgets.get(slotKey(license.number, allotment.name, month))?.told?.cap !== null;
}

/**
 * Charges used minutes, and pays the next block before it begins. Blocks that were used without asking first are
 * charged all the same: those that no budget covers are reported without a lease.
 */
export function workedAhead(
  state: State,
  license: License,
  allotment: Allotment,
  { session, minutes, at }: Work,
  mayContinue: boolean,
): PrepaidWork {
  const late = chargesByMonth(session, minutes, at.now);
  const block = allotment.usage.minimum;
  const after = { ...session, active: session.active + minutes, at: at.now };
  let next = state;
  let isShort = session.isShort ?? false;
  for (const [month, sum] of late) {
    const covered = coveredBy(next.budgets.get(slotKey(license.number, allotment.name, month)), sum, block);
    next = withPayment(next, license, allotment, month, covered, true);
    next = withPayment(next, license, allotment, month, sum - covered, false);
    isShort = covered < sum;
  }
  const charged = { ...after, paid: chargedSoFar(after), isShort };
  if (isInBlock(charged) && !isShort) return { state: next, session: charged, charges: late, isPaid: true };
  const month = monthOf(new Date(at.now));
  const key = slotKey(license.number, allotment.name, month);
  if (!mayContinue || !canSpend(next.budgets.get(key), block, at.uptime))
    return { state: next, session: charged, charges: late, isPaid: false };
  const paid = { ...charged, paid: charged.paid + block, isShort: false };
  const charges = new Map(late).set(month, (late.get(month) ?? 0) + block);
  return {
    state: withPayment(next, license, allotment, month, block, true),
    session: paid,
    charges,
    isPaid: true,
  };
}

/** The minutes that a call needs from the budget of this month, for used blocks and the next one. */
export function neededMinutes(allotment: Allotment, { session, minutes, at }: Work): number {
  const late = chargesByMonth(session, minutes, at.now).get(monthOf(new Date(at.now))) ?? 0;
  const after = { ...session, active: session.active + minutes };
  const isAheadDue = session.isShort || !isInBlock(after);
  return late + (isAheadDue ? allotment.usage.minimum : 0);
}

/** What an allotment's budget lacks to pay these minutes; null if it has them, or needn't. */
export function lackingIn(state: State, allotment: Allotment, minutes: number, at: Moment): Lacking | null {
  const { license } = state;
  const month = monthOf(new Date(at.now));
  if (!license || refusalOf(state, at.now) || !isPrepaid(state, allotment, month)) return null;
  const budget = state.budgets.get(slotKey(license.number, allotment.name, month));
  if (minutes === 0 || canSpend(budget, minutes, at.uptime)) return null;
  return { allotment, minutes, told: budget?.told ?? null };
}

/** Notes that minutes of an allotment are wanted; `need` of them are waited for. */
export function withWish(
  state: State,
  { name }: Allotment,
  { minutes, need }: { minutes: number; need: number },
  now: number,
): State {
  if (!state.license) return state;
  const key = paceKey(state.license.number, name);
  const pace = withPace(state.paces.get(key), minutes, now);
  return { ...state, paces: new Map(state.paces).set(key, { ...pace, need: pace.need + need }) };
}

/** Why the next block of an allotment can't begin. */
export function shortageIn(state: State, license: License, allotment: Allotment, now: number): string {
  const key = slotKey(license.number, allotment.name, monthOf(new Date(now)));
  return shortageOf(state.budgets.get(key), allotment.usage.minimum, isOnline(state));
}

/** The key of an allotment's pace, which goes on from month to month. */
export function paceKey(license: string, allotment: string): string {
  return slotKey(license, allotment, "");
}

/** The part of used minutes that a budget covers, in whole blocks; it may have expired meanwhile. */
function coveredBy(budget: Budget | undefined, minutes: number, block: number): number {
  return budget ? Math.floor(Math.min(unspent(budget), minutes) / block) * block : 0;
}

function withPayment(
  state: State,
  license: License,
  { name }: Allotment,
  month: Month,
  minutes: number,
  isLeased: boolean,
): State {
  if (minutes === 0) return state;
  const key = slotKey(license.number, name, month);
  const budget = isLeased ? state.budgets.get(key) : undefined;
  const slot = state.slots.get(key) ?? newSlot(license.number, name, month);
  const slots = new Map(state.slots).set(key, withCharge(slot, minutes, budget?.lease));
  if (!budget) return { ...state, slots };
  const prepaid = spent(budget.prepaid, minutes, Number.NEGATIVE_INFINITY) ?? budget.prepaid;
  return { ...state, slots, budgets: withEntry(state.budgets, key, { ...budget, prepaid }) };
}
