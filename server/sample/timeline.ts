import { DAY } from "@/domain/month";
import type { Random } from "./random";

type SampleEvent = (at: Date) => Promise<unknown>;

/** The events of each day, by days before today. */
export type Timeline = {
  /** Events of a day follow each other. */
  on(daysAgo: number, event: SampleEvent): void;
  /** Reports of a day come at one moment, after its events. */
  report(daysAgo: number, report: SampleEvent): void;
  /** Runs everything, the oldest day first, with a clock that is never ahead of `now`; stops between days. */
  play(progress: (day: Date) => void, stop?: AbortSignal): Promise<void>;
};

const MORNING_MS = 7 * 3_600_000;
const BETWEEN_EVENTS_MS = 7_000;
const RECENT_MS = 20 * 60_000;

export function timeline(now: Date, days: number, random: Random): Timeline {
  const events: SampleEvent[][] = Array.from({ length: days + 1 }, () => []);
  const reports: SampleEvent[][] = Array.from({ length: days + 1 }, () => []);
  const midnight = now.getTime() - (now.getTime() % DAY);
  const beginOf = (daysAgo: number) => {
    const morning = midnight - daysAgo * DAY + MORNING_MS + random.between(0, 3_600_000);
    return Math.min(morning, now.getTime() - RECENT_MS);
  };
  return {
    on: (daysAgo, event) => events[daysAgo]?.push(event),
    report: (daysAgo, report) => reports[daysAgo]?.push(report),
    async play(progress, stop) {
      for (let daysAgo = days; daysAgo >= 0; daysAgo -= 1) {
        stop?.throwIfAborted();
        let moment = beginOf(daysAgo);
        progress(new Date(moment));
        for (const event of events[daysAgo] ?? []) {
          await event(new Date(moment));
          moment += BETWEEN_EVENTS_MS;
        }
        await Promise.all((reports[daysAgo] ?? []).map((report) => report(new Date(moment))));
      }
    },
  };
}
