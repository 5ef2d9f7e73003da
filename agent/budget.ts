import type { Prepaid } from "@/domain/leases/prepaid";
import type { Month } from "@/domain/month";

/** The minutes that the backend reserves for this run in one month of an allotment. */
export type Budget = {
  license: string;
  allotment: string;
  month: Month;
  /** The backend's id of the reservation; null before its first response. */
  lease: string | null;
  prepaid: Prepaid;
  told: BudgetReply | null;
  /** Whether the backend may have forgotten this run, and has to be told what it holds. */
  isUnproven?: boolean;
};

/** What the backend last said of the month, in minutes; `cap` and `free` are null without a cap. */
export type BudgetReply = {
  /** Minutes that other runs hold. */
  others: number;
  cap: number | null;
  free: number | null;
  /** Why the budget wasn't raised, if the backend says so. */
  reason: string | null;
  /** Whether it gave less than was asked for: a share, or all that there is. */
  isShort: boolean;
  /** When it was asked, by the uptime of the machine. */
  askedAt: number;
  /** When the minutes expire, by the backend's clock. */
  expires: number;
  /** How long they could be used when they were given, in milliseconds. */
  lasts: number;
};

/** The minutes of an allotment that were wanted lately: a sum in which those of an hour ago count half. */
export type Pace = {
  minutes: number;
  at: number;
  /** Minutes that somebody waits for. */
  need: number;
};

/** What sizes a budget: it lasts for `outage` without the backend, in milliseconds, beside one sync interval. */
export type BudgetTerms = { syncEvery: number; outage: number };

const HALF_LIFE = 3_600_000;
/** An allotment that was used within this time keeps one block at least. */
const IN_USE = 24 * HALF_LIFE;
/** When less than this part of the cap is free, budgets shrink, so that the last minutes are spread. */
const SCARCE = 0.1;
/** After a response with all that there is, the next request waits. */
const PAUSE_MS = 60_000;

/** The minutes that can still be spent; those of an expired budget count. */
export function unspent({ prepaid }: Budget): number {
  return Math.max(0, prepaid.granted - prepaid.used);
}

/** Whether a budget has the minutes, and hasn't expired. */
export function canSpend(budget: Budget | undefined, minutes: number, uptime: number): boolean {
  return budget !== undefined && unspent(budget) >= minutes && uptime < budget.prepaid.until;
}

export function withPace(pace: Pace | undefined, minutes: number, now: number): Pace {
  return { minutes: decayed(pace, now) + minutes, at: now, need: pace?.need ?? 0 };
}

/** The minutes to hold unspent, in whole blocks: what the recent rate uses in a sync interval and an outage. */
export function wantedMinutes(
  pace: Pace | undefined,
  block: number,
  told: BudgetReply | null,
  { syncEvery, outage }: BudgetTerms,
  now: number,
): number {
  const isInUse = pace !== undefined && (now - pace.at < IN_USE || pace.need > 0);
  if (!isInUse) return 0;
  const perMs = (decayed(pace, now) * Math.LN2) / HALF_LIFE;
  const minutes = perMs * (syncEvery * 1000 + outage * plenty(told));
  return Math.ceil(Math.max(minutes, block, pace.need) / block) * block;
}

/**
 * Whether the backend has to be asked: for more, to take minutes back, or before they expire. A quarter less or a
 * half more than wanted is left alone.
 */
export function isRequestDue(budget: Budget, want: number, block: number, uptime: number): boolean {
  const { told, prepaid, isUnproven } = budget;
  if (isUnproven) return true;
  const held = unspent(budget);
  if (!told) return want > 0;
  if (held > want * 1.5 + block) return true;
  if (want + held > 0 && prepaid.until - uptime < told.lasts / 2) return true;
  return held < want * 0.75 && mayAskAgain(told, block, uptime);
}

/** Whether asking for more can help: the backend had more to give, or that is some time ago. */
export function mayAskAgain(told: BudgetReply | null, block: number, uptime: number): boolean {
  const hasMore = !told?.isShort || (told.reason === null && (told.free ?? block) >= block);
  return hasMore || uptime - told.askedAt >= PAUSE_MS;
}

/** Why a block can't be paid. Until the backend has said that nothing is free, only this budget is used up. */
export function shortageOf(budget: Budget | undefined, block: number, isOnline: boolean): string {
  const told = budget?.told;
  if (!told || !isOnline) return "BUDGET_USED";
  if (told.reason === "HOLD") return "QUOTA_RESERVED";
  if (told.free === null || told.free >= block) return "BUDGET_USED";
  return told.others >= block ? "QUOTA_RESERVED" : "QUOTA_REACHED";
}

function plenty(told: BudgetReply | null): number {
  if (!told?.cap || told.free === null) return 1;
  return Math.min(1, told.free / (told.cap * SCARCE));
}

function decayed(pace: Pace | undefined, now: number): number {
  return pace ? pace.minutes * 2 ** (-Math.max(0, now - pace.at) / HALF_LIFE) : 0;
}
