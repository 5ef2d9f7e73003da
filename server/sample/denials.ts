import { DAY } from "@/domain/month";
import { people } from "./people";
import type { Kind, LicensePlan } from "./plan";
import { seeded } from "./random";
import type { Story } from "./story";

const SEED = 8;
const STAFF = 60;
const DENIED_SINCE = 26;

/** Users who were turned away lately: without a seat, and where the minutes are used up also for that. */
export function denials(story: Story): void {
  const random = seeded(SEED);
  const staff = people(random, STAFF);
  for (const [kind, { sites, consumption }] of Object.entries(story.plans) as [Kind, LicensePlan][]) {
    if (!consumption) continue;
    for (let daysAgo = DENIED_SINCE; daysAgo >= 0; daysAgo -= random.between(1, 4)) {
      const [deployment] = sites;
      const subject = deployment.subject.replace("%", random.pick(["guest", ...staff]));
      const isOver = consumption.usedUp === true && daysAgo < 2;
      const count = random.between(1, isOver ? 40 : 5);
      const reason = isOver ? "QUOTA_REACHED" : "NOT_ASSIGNED";
      const about = isOver ? { allotment: consumption.allotment } : {};
      story.timeline.on(daysAgo, (at) =>
        story.at(kind, deployment).deny([{ hour: hourBefore(at), reason, subject, count, ...about }], at),
      );
    }
  }
}

function hourBefore(at: Date): string {
  return new Date(at.getTime() - DAY / 24).toISOString();
}
