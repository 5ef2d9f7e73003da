import { DAY } from "@/domain/month";

const SECOND = 1000;
const FIRST_MS = 5 * SECOND;
const GROWTH = 3;
const LONGEST_MS = 12 * 3600 * SECOND;
const LONGEST_REST_MS = 300 * SECOND;
const SPREAD = 0.5;

/** How long a delivery is retried, and after how long without any success an endpoint is disabled. */
export const GIVE_UP_MS = 3 * DAY;

/** After how long without any success the first `webhook.failing` is told. */
export const FAILING_NOTICE_MS = 3600 * SECOND;

/** So many attempts in a row fail before an endpoint rests between attempts. */
const FAILURES_BEFORE_REST = 3;

/**
 * The wait after the nth failed attempt, in milliseconds: 5 s, 15 s, 45 s … at most 12 h, each a quarter more or less.
 * `chance` is from 0 to 1.
 */
export function retryDelay(failed: number, chance: number): number {
  return spread(Math.min(FIRST_MS * GROWTH ** (failed - 1), LONGEST_MS), chance);
}

/**
 * How long an endpoint rests after so many failed attempts in a row, whichever delivery they were for: nothing at
 * first, then up to five minutes. It bounds what an endpoint costs that is down.
 */
export function restAfter(failures: number, chance: number): number {
  const beyond = failures - FAILURES_BEFORE_REST;
  if (beyond < 0) return 0;
  return spread(Math.min(FIRST_MS * GROWTH ** beyond, LONGEST_REST_MS), chance);
}

function spread(milliseconds: number, chance: number): number {
  return Math.round(milliseconds * (1 - SPREAD / 2 + SPREAD * chance));
}
