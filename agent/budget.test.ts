import { expect, test } from "vitest";
import { NOTHING_PREPAID } from "@/domain/leases/prepaid";
import {
  type Budget,
  type BudgetReply,
  canSpend,
  isRequestDue,
  mayAskAgain,
  shortageOf,
  wantedMinutes,
  withPace,
} from "./budget";

const HOUR = 3_600_000;
const BLOCK = 6;
const TERMS = { syncEvery: 600, outage: HOUR };
const told: BudgetReply = {
  ...{ others: 0, cap: 1000, free: 1000, reason: null },
  ...{ isShort: false, askedAt: 0, expires: 12 * HOUR, lasts: 12 * HOUR },
};

function budget(granted: number, used: number, more: Partial<BudgetReply> | null = {}): Budget {
  const prepaid = { ...NOTHING_PREPAID, granted, used, until: 12 * HOUR };
  const of = { license: "9999000000001253", allotment: "analyzer_time", month: "2026-03", lease: "lease" };
  return { ...of, prepaid, told: more && { ...told, ...more } };
}

/** The pace of an allotment that used so many minutes in each of the last ten hours. */
function steady(minutes: number) {
  const hours = Array.from({ length: 40 }, (_, nth) => nth * (HOUR / 4));
  return hours.reduce((pace, at) => withPace(pace, minutes / 4, at), withPace(undefined, 0, 0));
}

const now = 39 * (HOUR / 4);

test("a budget lasts for a sync interval and the outage at the recent rate, in whole blocks", () => {
  // 60 minutes an hour for 70 minutes.
  expect(wantedMinutes(steady(60), BLOCK, told, TERMS, now)).toBeGreaterThanOrEqual(72);
  expect(wantedMinutes(steady(60), BLOCK, told, TERMS, now)).toBeLessThanOrEqual(84);
  expect(wantedMinutes(steady(60), BLOCK, told, { ...TERMS, outage: 4 * HOUR }, now)).toBeGreaterThan(252);
  expect(wantedMinutes(steady(60), BLOCK, told, TERMS, now) % BLOCK).toBe(0);
});

test("it shrinks while less than a tenth of the cap is free, down to what a sync interval needs", () => {
  const wants = [100, 50, 0].map((free) => wantedMinutes(steady(60), BLOCK, { ...told, free }, TERMS, now));
  expect(wants).toEqual([...wants].sort((a, b) => b - a));
  expect(wants.at(-1)).toBe(12);
});

test("an allotment that was used keeps one block for a day, and one that never was keeps none", () => {
  expect(wantedMinutes(undefined, BLOCK, told, TERMS, now)).toBe(0);
  expect(wantedMinutes(steady(60), BLOCK, told, TERMS, now + 20 * HOUR)).toBe(BLOCK);
  expect(wantedMinutes(steady(60), BLOCK, told, TERMS, now + 25 * HOUR)).toBe(0);
});

test("minutes that somebody waits for are wanted, whatever the rate", () => {
  const pace = { ...withPace(undefined, 0, now), need: 32 };
  expect(wantedMinutes(pace, BLOCK, told, TERMS, now)).toBe(36);
});

test.each([
  ["nothing was asked yet", budget(0, 0, null), 6, true],
  ["nothing was asked yet, and nothing is wanted", budget(0, 0, null), 0, false],
  ["it holds what is wanted", budget(60, 0), 60, false],
  ["it holds three quarters", budget(60, 15), 60, false],
  ["it holds less", budget(60, 18), 60, true],
  ["it holds much more", budget(60, 0), 24, true],
  ["it holds a little more", budget(60, 0), 48, false],
  ["it just got a share", budget(60, 60, { isShort: true, askedAt: HOUR }), 60, true],
  ["it just got the last minutes", budget(60, 60, { isShort: true, free: 0, askedAt: HOUR }), 60, false],
  ["it got the last minutes a while ago", budget(60, 60, { isShort: true, free: 0 }), 60, true],
])("the backend is asked again or not: %s", (_, one, want, isDue) => {
  expect(isRequestDue(one, want, BLOCK, HOUR)).toBe(isDue);
});

test("a budget is renewed after half of its time, unless it holds nothing and wants nothing", () => {
  expect(isRequestDue(budget(60, 0), 60, BLOCK, 6 * HOUR)).toBe(false);
  expect(isRequestDue(budget(60, 0), 60, BLOCK, 6 * HOUR + 1)).toBe(true);
  expect(isRequestDue(budget(60, 60), 0, BLOCK, 11 * HOUR)).toBe(false);
});

test("after a restore of the backend it is told what is held, even if nothing is", () => {
  expect(isRequestDue(budget(60, 60), 0, BLOCK, 0)).toBe(false);
  expect(isRequestDue({ ...budget(60, 60), isUnproven: true }, 0, BLOCK, 0)).toBe(true);
});

test("a block is paid only if it fits whole, and before the minutes expire", () => {
  expect(canSpend(undefined, BLOCK, 0)).toBe(false);
  expect(canSpend(budget(12, 6), BLOCK, 0)).toBe(true);
  expect(canSpend(budget(12, 7), BLOCK, 0)).toBe(false);
  expect(canSpend(budget(12, 6), BLOCK, 12 * HOUR)).toBe(false);
});

test.each([
  ["BUDGET_USED", { free: 0 }, false],
  ["BUDGET_USED", { free: 60 }, true],
  ["QUOTA_RESERVED", { free: 0, others: 60 }, true],
  ["QUOTA_REACHED", { free: 0 }, true],
  ["QUOTA_REACHED", { free: 3, others: 3 }, true],
  ["QUOTA_RESERVED", { free: 60, reason: "HOLD" }, true],
])("nobody can begin a block: %s", (reason, more, isOnline) => {
  expect(shortageOf(budget(0, 0, more), BLOCK, isOnline)).toBe(reason);
});

test("before the first response only the budget is known to be used up", () => {
  expect(shortageOf(undefined, BLOCK, true)).toBe("BUDGET_USED");
  expect(mayAskAgain(null, BLOCK, 0)).toBe(true);
});
