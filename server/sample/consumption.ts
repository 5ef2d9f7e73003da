import { addMonths, DAY, daysInMonth, type Month, monthOf, monthStart } from "@/domain/month";
import { putDefinition } from "@/server/licenses/license-definitions";
import { licenseByNumber } from "@/server/licenses/licenses";
import { LUGANO, type SampleDeployment, YORK } from "./deployments";
import { spread } from "./months";
import { BLOCK_MINUTES, type Kind, type LicensePlan, time } from "./plan";
import { sessionSplitter } from "./sessions";
import { AUTHOR, type Story } from "./story";

/** How many days ago these deployments fell silent. */
const SILENT_SINCE = new Map<SampleDeployment, number>([
  [YORK, 9],
  [LUGANO, 31],
]);
/** The part that each deployment of a license uses of what the ones before it left; the last one takes the rest. */
const SHARE = 0.63;
/** Months further back than this are reported by week: charts show only their totals. */
const DAILY_MONTHS = 4;
const WEEK = 7;

/** For this many months reports tell sessions. */
const TOLD_MONTHS = 2;

/** The minutes that the deployments report, day by day; the license with counted overage was extended in the month before. */
export function consumption(story: Story): void {
  const { plans, now } = story;
  const split = sessionSplitter();
  for (const [kind, plan] of Object.entries(plans) as [Kind, LicensePlan][]) {
    const months = plan.consumption?.months ?? [];
    months.forEach((minutes, index) => {
      const month = addMonths(monthOf(now), index + 1 - months.length);
      consume(story, kind, plan, month, minutes, split);
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
  split: ReturnType<typeof sessionSplitter>,
) {
  if (!plan) return;
  const { random, now, timeline } = story;
  const isCurrent = month === monthOf(now);
  const days = isCurrent ? now.getUTCDate() : daysInMonth(month);
  const share = isCurrent && !plan.usedUp ? days / daysInMonth(month) : 1;
  const blocks = Math.round((minutes * share) / BLOCK_MINUTES);
  const isTold = month > addMonths(monthOf(now), -TOLD_MONTHS);
  const step = month < addMonths(monthOf(now), 1 - DAILY_MONTHS) ? WEEK : 1;
  for (const [index, used] of grouped(spread(random, blocks, month, days), step)) {
    const daysAgo = daysSince(now, month, index);
    const heard = sites.filter((deployment) => daysAgo >= (SILENT_SINCE.get(deployment) ?? 0));
    for (const [deployment, part] of shared(used, heard)) {
      const used = part * BLOCK_MINUTES;
      const day = new Date(now.getTime() - daysAgo * DAY);
      const sessions = isTold ? split(used, deployment, day) : undefined;
      const report = (at: Date) =>
        story.at(kind, deployment).report(plan.allotment, month, used, at, sessions);
      timeline.report(daysAgo, report);
    }
  }
}

/** The sums of so many days each, by the last of these days. */
function grouped(byDay: number[], step: number): [index: number, sum: number][] {
  const groups = Array.from({ length: Math.ceil(byDay.length / step) }, (_, group) => group * step);
  return groups.map((first) => {
    const part = byDay.slice(first, first + step);
    return [first + part.length - 1, part.reduce((sum, one) => sum + one, 0)];
  });
}

function shared(whole: number, deployments: SampleDeployment[]): [SampleDeployment, number][] {
  let left = whole;
  const parts = deployments.map((deployment, place): [SampleDeployment, number] => {
    const part = place === deployments.length - 1 ? left : Math.round(left * SHARE);
    left -= part;
    return [deployment, part];
  });
  return parts.filter(([, part]) => part > 0);
}

const raise = (number: string) => async (at: Date) => {
  const { definition } = await licenseByNumber(number, at);
  const raised = { ...definition, allotments: [time("core_time", 24_000, 4_000)] };
  await putDefinition(number, raised, null, false, AUTHOR, at);
};

/** How many days ago a day of a month was; index 0 is the first. */
function daysSince(now: Date, month: Month, index: number): number {
  const day = monthStart(month).getTime() + index * DAY;
  return Math.floor(now.getTime() / DAY) - Math.floor(day / DAY);
}
