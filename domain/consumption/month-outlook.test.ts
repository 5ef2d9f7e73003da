import { expect, test } from "vitest";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import { lastDayOf, type MonthInSight, monthOutlook } from "./month-outlook";

const outlook = (sight: MonthInSight) => monthOutlook(sight, DEFAULT_STYLE);
const FORECAST = { method: "", low: 900, mid: 1000, high: 1100, quotaOn: null, capOn: null };
const RESET = "Resets on 1 September, 00:00 UTC.";
const NONE = { quota: 1500, overage: 0 } as const;
const COUNT = { quota: 1500, overage: 300 } as const;
const OPEN = { quota: 1500, overage: "YES" } as const;

const running = (more: Partial<MonthInSight>): MonthInSight => {
  return {
    month: "2026-08",
    grant: COUNT,
    total: 700,
    forecast: FORECAST,
    isRunning: true,
    license: "active",
    ...more,
  };
};

test.each<[string, Partial<MonthInSight>, string]>([
  [
    "early, without overage",
    { grant: NONE, forecast: null },
    "Too early to forecast. At the quota of 1,500 minutes, products deny access.",
  ],
  [
    "early, capped",
    { forecast: null },
    "Too early to forecast. At the cap of 1,800 minutes, products deny access.",
  ],
  [
    "early, open",
    { grant: OPEN, forecast: null },
    "Too early to forecast. There is no cap: usage beyond the quota counts as overage, and products keep working.",
  ],
  [
    "calm, without overage",
    { grant: NONE },
    "At this pace the month ends at 1,000 minutes, below the quota. At the quota of 1,500 minutes, products would deny access.",
  ],
  [
    "calm, capped",
    {},
    "At this pace the month ends at 1,000 minutes, below the cap. At the cap of 1,800 minutes, products would deny access.",
  ],
  [
    "calm, open",
    { grant: OPEN },
    "At this pace the month ends at 1,000 minutes. There is no cap: usage beyond the quota counts as overage, and products keep working.",
  ],
  [
    "towards the cap",
    { forecast: { ...FORECAST, quotaOn: "2026-08-22", capOn: "2026-08-25" } },
    "At this pace the cap is reached on 25 August. Then products deny access; usage is still counted.",
  ],
  [
    "towards the quota, without overage",
    { grant: NONE, forecast: { ...FORECAST, quotaOn: "2026-08-22", capOn: "2026-08-22" } },
    "At this pace the quota is reached on 22 August. Then products deny access; usage is still counted.",
  ],
  [
    "towards the quota, capped",
    { forecast: { ...FORECAST, mid: 1600, quotaOn: "2026-08-22" } },
    "At this pace the quota is passed on 22 August and the month ends at 1,600 minutes. At the cap of 1,800 minutes, products would deny access.",
  ],
  [
    "towards the quota, open",
    { grant: OPEN, forecast: { ...FORECAST, quotaOn: "2026-08-22" } },
    "At this pace the quota is passed on 22 August. There is no cap: usage beyond the quota counts as overage, and products keep working.",
  ],
  [
    "in overage, towards the cap",
    { total: 1639, forecast: { ...FORECAST, quotaOn: "2026-08-23", capOn: "2026-08-25" } },
    "139 minutes beyond the quota. At this pace the cap is reached on 25 August. Then products deny access; usage is still counted.",
  ],
  [
    "in overage, open",
    { grant: OPEN, total: 1501, forecast: { ...FORECAST, mid: 2000, quotaOn: "2026-08-23" } },
    "1 minute beyond the quota. At this pace the month ends at 2,000 minutes. There is no cap: usage beyond the quota counts as overage, and products keep working.",
  ],
  ["at the cap", { total: 1800 }, "The cap is reached: products deny access now. Usage is still counted."],
  [
    "at the quota, without overage",
    { grant: NONE, total: 1500 },
    "The quota is reached: products deny access now. Usage is still counted.",
  ],
  [
    "without units",
    { grant: { quota: 0, overage: 0 }, total: 0 },
    "No units are in force this month, so products deny access. Usage is still counted.",
  ],
])("the outlook of the running month, %s", (_, sight, sentence) => {
  expect(outlook(running(sight))).toBe(`${sentence} ${RESET}`);
});

test.each([
  ["expired", /^This license has ended, so products deny access\./],
  ["not-yet-valid", /^This license isn't valid yet, so products deny access\./],
] as const)("the outlook of the running month of a license that is %s", (license, sentence) => {
  expect(outlook(running({ license }))).toMatch(sentence);
});

test.each<[MonthInSight["grant"], number, string]>([
  [COUNT, 1499, "July 2026 ended within the quota, with 1 minute to spare."],
  [COUNT, 1500, "July 2026 ended within the quota, with 0 minutes to spare."],
  [COUNT, 1501, "July 2026 ended 1 minute beyond the quota, within the overage allowed."],
  [COUNT, 1800, "July 2026 ended exactly at the cap of 1,800 minutes, where products start to deny access."],
  [
    COUNT,
    1801,
    "July 2026 ended 1 minute beyond the cap. Products deny access beyond it; any further usage is still counted.",
  ],
  [NONE, 1500, "July 2026 ended exactly at the quota of 1,500 minutes, where products start to deny access."],
  [OPEN, 9000, "July 2026 ended 7,500 minutes beyond the quota, which has no cap."],
  [{ quota: 0, overage: 0 }, 0, "No units were in force in July 2026, and nothing was used."],
])("the outlook of an ended month, %o with %i", (grant, total, sentence) => {
  const sight = {
    month: "2026-07",
    grant,
    total,
    forecast: null,
    isRunning: false,
    license: "active",
  } as const;
  expect(outlook(sight)).toBe(sentence);
});

test.each([
  ["2026-02", "28 February"],
  ["2026-12", "31 December"],
])("the last day of %s is %s", (month, day) => expect(lastDayOf(month, DEFAULT_STYLE)).toBe(day));
