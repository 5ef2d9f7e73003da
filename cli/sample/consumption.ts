import { addMonths, DAY, daysInMonth, type Month, monthOf, monthStart } from "@/domain/month";
import { putDefinition } from "@/server/license-definitions";
import { licenseByNumber } from "@/server/licenses";
import { spread } from "./months";
import { BLOCK_MINUTES, type Kind, type LicensePlan, time } from "./plan";
import { YORK } from "./sites";
import { AUTHOR, type Story } from "./story";

/** Since when York is silent, in days before today. */
const SILENT_SINCE = 9;
/** What the first site of a license uses of it. */
const FIRST_SHARE = 0.63;

/** The minutes that the sites report, day by day; the license with counted overage is raised in the month before. */
export function consumption(story: Story): void {
  const { plans, now } = story;
  for (const [kind, plan] of Object.entries(plans) as [Kind, LicensePlan][]) {
    const months = plan.consumption?.months ?? [];
    months.forEach((minutes, index) => {
      const month = addMonths(monthOf(now), index + 1 - months.length);
      consume(story, kind, plan, month, minutes);
    });
  }
  story.timeline.on(daysSince(now, addMonths(monthOf(now), -1), 0), raise(plans.counted.license.number));
}

function consume(
  story: Story,
  kind: Kind,
  { sites, consumption: plan }: LicensePlan,
  month: Month,
  minutes: number,
) {
  if (!plan) return;
  const { random, now, timeline } = story;
  const isCurrent = month === monthOf(now);
  const days = isCurrent ? now.getUTCDate() : daysInMonth(month);
  const share = isCurrent && !plan.usedUp ? days / daysInMonth(month) : 1;
  const blocks = Math.round((minutes * share) / BLOCK_MINUTES);
  spread(random, blocks, month, days).forEach((ofDay, index) => {
    const daysAgo = daysSince(now, month, index);
    const ofFirst = sites.length === 1 ? ofDay : Math.round(ofDay * FIRST_SHARE);
    sites.forEach((site, place) => {
      const used = place === 0 ? ofFirst : ofDay - ofFirst;
      if (used === 0 || (site === YORK && daysAgo < SILENT_SINCE)) return;
      const report = (at: Date) =>
        story.at(kind, site).report(plan.allotment, month, used * BLOCK_MINUTES, at);
      timeline.report(daysAgo, report);
    });
  });
}

const raise = (number: string) => async (at: Date) => {
  const { definition } = await licenseByNumber(number, at);
  const raised = { ...definition, allotments: [time("core_time", 24_000, 4_000)] };
  await putDefinition(number, raised, null, false, AUTHOR, at);
};

/** How many days ago the day of a month was; the first one is 0. */
function daysSince(now: Date, month: Month, index: number): number {
  const day = monthStart(month).getTime() + index * DAY;
  return Math.floor(now.getTime() / DAY) - Math.floor(day / DAY);
}
