import { addDays, addMonths, DAY, dayOf, monthOf, monthStart } from "@/domain/month";
import { purge } from "@/server/purge";
import { store } from "@/server/store";
import { beginnings, placeOf } from "./beginnings";
import { consumption } from "./consumption";
import type { Deployment } from "./deployment";
import { licensePlans } from "./plan";
import { seeded } from "./random";
import type { Story } from "./story";
import { timeline } from "./timeline";
import { users } from "./users";

/** `progress` hears how much of the history is told, from 0 to 1. */
export type SampleWish = { now: Date; seed?: number; progress?: (share: number) => void };

const WHOLE_MONTHS = 12;
const TRIAL_DAYS = 30;
const TRIAL_SINCE = 12;
const ENDED_BEFORE = 40;
const MIXED_ENDS = 130;
const RENEWAL_ENDS = 12;

/**
 * Fills an empty store with three customers, ten licenses and their history of twelve whole months up to `now`. All of
 * it happens through the functions that people and products use, under a clock that is handed in; names and numbers
 * are the same for the same seed. Refuses a store that holds customers. Answers the days of history.
 */
export async function fillSample({ now, seed = 2026, progress = () => {} }: SampleWish): Promise<number> {
  if ((await store().db.customer.count()) > 0)
    throw new Error("This store holds customers already; the sample fills an empty store only.");
  const begin = monthStart(addMonths(monthOf(now), -WHOLE_MONTHS));
  const days = Math.floor((now.getTime() - begin.getTime()) / DAY);
  const deployments = new Map<string, Deployment>();
  const story = storyOf(now, days, seed, deployments);
  beginnings(story, deployments);
  users(story);
  consumption(story);
  await story.timeline.play((day) =>
    progress((day.getTime() - begin.getTime()) / (now.getTime() - begin.getTime())),
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
      const deployment = deployments.get(placeOf(kind, site));
      if (!deployment) throw new Error(`${site.name} has not begun.`);
      return deployment;
    },
  };
}
