import type { SampleDeployment } from "./deployments";
import { people } from "./people";
import { BLOCK_MINUTES } from "./plan";
import { seeded } from "./random";

/** A session as a report carries it. */
export type SampleSession = {
  id: string;
  subject?: string;
  app?: string;
  start: string;
  end: string;
  minutes: number;
};

const SEED = 7;
const STAFF = 60;
const MOST_SESSIONS = 8;
const APPS = ["Sales", "Stock", "Deliveries", "Finance", "Complaints"] as const;
const MINUTE = 60_000;

/** Splits minutes of a report into sessions of users in apps; some are anonymous. Some users work far more than others. */
export function sessionSplitter() {
  const random = seeded(SEED);
  const staff = people(random, STAFF);
  let made = 0;
  return (minutes: number, deployment: SampleDeployment, at: Date): SampleSession[] => {
    const sessions: SampleSession[] = [];
    for (let left = minutes / BLOCK_MINUTES; left > 0; ) {
      const isLast = sessions.length === MOST_SESSIONS - 1;
      const blocks = isLast ? left : Math.min(left, random.between(1, Math.max(1, Math.round(left / 2))));
      left -= blocks;
      made += 1;
      const name = staff[Math.floor(random.next() ** 3 * staff.length)] ?? "";
      const who = random.chance(0.1) ? {} : { subject: deployment.subject.replace("%", name) };
      const where = random.chance(0.05) ? {} : { app: APPS[Math.floor(random.next() ** 2 * APPS.length)] };
      const end = new Date(at.getTime() - random.between(0, 60) * MINUTE);
      const start = new Date(end.getTime() - random.between(10, 90) * MINUTE);
      const times = { start: start.toISOString(), end: end.toISOString() };
      sessions.push({ id: `sample-${made}`, ...who, ...where, ...times, minutes: blocks * BLOCK_MINUTES });
    }
    return sessions;
  };
}
