import { capOf } from "@/domain/consumption/quota";
import { type Month, monthOf } from "@/domain/month";
import type { Budget } from "./budget";
import { isWaiting } from "./budget-requests";
import {
  isDue,
  type MonthReply,
  type MonthView,
  monthView,
  newSlot,
  type Slot,
  slotKey,
  withReply,
  withReport,
} from "./consumption";
import { timeAllotments } from "./metering";
import { isPrepaid } from "./prepaying";
import { dueSessions, type SentSession, sentSession, withConfirmed } from "./session-reports";
import { type State, unreported } from "./state";

export type Element = {
  id: number;
  allotment: string;
  month: Month;
  consumption: number;
  sequence: number;
  /** What paid for these minutes, if a budget did. */
  lease?: string;
  sessions?: SentSession[];
};

/** The backend's result for one element; `error` if it couldn't book it. */
export type ElementResult = {
  id: unknown;
  error?: { code: string; detail: string };
  total?: number;
  quota?: number;
  overage?: MonthReply["overage"];
  duplicate?: boolean;
  sequence?: number;
};

export type MonthTotal = Pick<MonthReply, "total" | "quota" | "overage"> & {
  allotment: string;
  month: Month;
};

const MOST_ELEMENTS = 1000;
const FRESH_MS = 600_000;
/** Once only a tenth of the month's grant is left, the usage of others soon matters. */
const FRESH_NEAR_CAP_MS = 60_000;

/** The reports that a license has to send now, numbered and saved, with their slots. */
export function numbered(
  state: State,
  number: string,
  except: ReadonlySet<string>,
): [State, ReadonlyMap<string, Element>] {
  const sessions = dueSessions(state.sessionReports, number);
  const due = [...state.slots].filter(
    ([key, slot]) =>
      slot.license === number &&
      (isDue(slot) || sessions.has(key)) &&
      !except.has(key) &&
      !isHeldBack(state, key, slot),
  );
  const slots = new Map(state.slots);
  const elements = new Map<string, Element>();
  for (const [key, slot] of due.slice(0, MOST_ELEMENTS)) {
    const used = sessions.get(key);
    const next = withReport(slot, used !== undefined);
    if (!next.sent) continue;
    const { amount: consumption, sequence, lease } = next.sent;
    slots.set(key, next);
    elements.set(key, {
      id: elements.size + 1,
      allotment: slot.allotment,
      month: slot.month,
      consumption,
      sequence,
      ...(lease === undefined ? {} : { lease }),
      ...(used ? { sessions: used.map(sentSession) } : {}),
    });
  }
  return [elements.size > 0 ? { ...state, slots } : state, elements];
}

/**
 * While a request for minutes has no response, no new report of its month begins: the backend would book more than
 * the request says was used.
 */
function isHeldBack(state: State, key: string, { sent, isProbed }: Slot): boolean {
  return isWaiting(state, key) && isProbed && sent === null;
}

/** Applies the results of numbered elements. An element that couldn't be booked stays open, with its sessions. */
export function reported(
  state: State,
  elements: ReadonlyMap<string, Element>,
  answers: readonly ElementResult[],
  now: number,
): State {
  const slots = new Map(state.slots);
  const budgets = new Map(state.budgets);
  const confirmed: SentSession[] = [];
  for (const [key, { id, sessions = [] }] of elements) {
    const slot = slots.get(key);
    const response = answers.find((each) => each.id === id);
    if (slot && response) {
      const after = settled(state, slot, response, now);
      slots.set(key, after);
      const budget = withConfirmedMinutes(budgets.get(key), slot, after);
      if (budget) budgets.set(key, budget);
    }
    if (response && !response.error) confirmed.push(...sessions);
  }
  const owed = new Set(
    [...slots.values()].filter((slot) => unreported(slot) > 0).map(({ license }) => license),
  );
  const former = Object.fromEntries(Object.entries(state.former).filter(([number]) => owed.has(number)));
  const sessionReports = withConfirmed(state.sessionReports, confirmed);
  return { ...state, slots, budgets, former, sessionReports };
}

/** The budget once a report of its minutes was booked; forgone ones never are. */
function withConfirmedMinutes(budget: Budget | undefined, before: Slot, after: Slot): Budget | undefined {
  const { sent } = before;
  const isBooked = sent !== null && after.sent === null && after.forgone === before.forgone;
  if (!budget || !isBooked || sent.lease === undefined || sent.lease !== budget.lease) return undefined;
  const { prepaid } = budget;
  return { ...budget, prepaid: { ...prepaid, reported: prepaid.reported + sent.amount } };
}

/** Applies the totals of a month over all deployments. */
export function withTotals(state: State, totals: readonly MonthTotal[], now: number): State {
  const { license } = state;
  if (!license) return state;
  const slots = new Map(state.slots);
  for (const { allotment, month, total, quota, overage } of totals) {
    const key = slotKey(license.number, allotment, month);
    const slot = slots.get(key) ?? newSlot(license.number, allotment, month);
    // A total may include an open report already: then only its own result can say how much is new.
    if (slot.sent) continue;
    slots.set(key, { ...slot, told: { total, quota, overage, version: license.version, at: now } });
  }
  return { ...state, slots };
}

/** Whether this month's total of a time allotment is unknown, outdated, or known under another definition. */
export function areTotalsStale({ license, slots, ...others }: State, now: number): boolean {
  if (!license) return false;
  const month = monthOf(new Date(now));
  return timeAllotments(license.definition).some((allotment) => {
    const { name } = allotment;
    if (isPrepaid({ license, ...others }, allotment, month)) return false;
    const slot = slots.get(slotKey(license.number, name, month));
    if (slot?.told?.version !== license.version) return true;
    const view = monthView(slot, license.definition, license.version, name, month);
    return now - slot.told.at > (isNearCap(view) ? FRESH_NEAR_CAP_MS : FRESH_MS);
  });
}

function isNearCap(view: MonthView): boolean {
  const cap = capOf(view);
  return cap !== null && !view.denied && cap - view.total <= cap / 10;
}

function settled(state: State, slot: Slot, response: ElementResult, now: number): Slot {
  if (response.error) return { ...slot, fault: response.error.detail };
  const { total, quota, overage, duplicate = false, sequence = slot.sequence } = response;
  const next = withReply(slot, { duplicate, sequence });
  if (total === undefined || quota === undefined || overage === undefined) return next;
  const version = state.license?.number === slot.license ? state.license.version : "";
  return { ...next, told: { total, quota, overage, version, at: now } };
}
