import { addDays, addMonths, DAY, dayOf, monthOf, monthStart } from "@/domain/month";
import { createSampleCustomers } from "@/server/licenses/customers";
import { purge } from "@/server/maintenance/purge";
import { beginnings, chainKey } from "./chain-starts";
import { checkouts } from "./checkouts";
import { consumption } from "./consumption";
import { denials } from "./denials";
import type { Deployment } from "./deployment";
import { dualUse } from "./dual-use";
import { legacy } from "./legacy";
import { offlineLogs } from "./offline-logs";
import { CUSTOMERS, licensePlans } from "./plan";
import { seeded } from "./random";
import { AUTHOR, type Story } from "./story";
import { timeline } from "./timeline";
import { users } from "./users";

/**
 * `progress` is called with the generated part of the history, from 0 to 1; `stop` ends it between two days, with an
 * error.
 */
export type SampleWish = {
  now: Date;
  seed?: number;
  progress?: (share: number) => void;
  stop?: AbortSignal;
};

const WHOLE_MONTHS = 12;
const TRIAL_DAYS = 30;
const TRIAL_SINCE = 12;
const ENDED_BEFORE = 40;
const MIXED_ENDS = 130;
const RENEWAL_ENDS = 12;

/**
 * Fills a store with three customers, ten licenses and their history of twelve whole months up to `now`. Everything
 * happens through the functions that people and products use, with a clock that is passed in; names and numbers are
 * the same for the same seed. Refuses a store that has sample data, or a customer of the same name. Returns the days
 * of history.
 */
export async function fillSample({
  now,
  seed = 2026,
  progress = () => {},
  stop,
}: SampleWish): Promise<number> {
  stop?.throwIfAborted();
  const begin = monthStart(addMonths(monthOf(now), -WHOLE_MONTHS));
  const days = Math.floor((now.getTime() - begin.getTime()) / DAY);
  await createSampleCustomers(CUSTOMERS, AUTHOR, begin);
  const deployments = new Map<string, Deployment>();
  const story = storyOf(now, days, seed, deployments);
  beginnings(story, deployments);
  checkouts(story);
  legacy(story);
  users(story);
  consumption(story);
  denials(story);
  dualUse(story);
  offlineLogs(story);
  await story.timeline.play(
    (day) => progress((day.getTime() - begin.getTime()) / (now.getTime() - begin.getTime())),
    stop,
  );
  await purge(now);
  return days;
}

function storyOf(now: Date, days: number, seed: number, deployments: Map<string, Deployment>): Story {
  const random = seeded(seed);
  const dayFrom = (count: number) => addDays(dayOf(now), count);
  return {
    ...{ now, days, random },
    timeline: timeline(now, days, random),
    plans: licensePlans({
      trial: `${dayFrom(-TRIAL_SINCE)}/${dayFrom(TRIAL_DAYS - TRIAL_SINCE)}`,
      ended: `./${dayFrom(-ENDED_BEFORE)}`,
      mixed: `./${dayFrom(MIXED_ENDS)}`,
      renewal: `./${dayFrom(RENEWAL_ENDS)}`,
    }),
    at(kind, site) {
      const deployment = deployments.get(chainKey(kind, site));
      if (!deployment) throw new Error(`${site.name} has not begun.`);
      return deployment;
    },
  };
}
