import { monthOf } from "@/domain/month";
import type { Machine } from "@/fleet/machine";
import type { Timeline } from "@/fleet/timeline";
import { monthUsage } from "@/server/consumption/usage";
import { type MinuteRecord, minutesAtAgents } from "./record";

type Watched = {
  timeline: Timeline;
  license: string;
  machines: readonly Machine[];
  record: MinuteRecord;
  until: number;
};

const SAMPLE_MS = 600_000;

/** Notes what is free every ten minutes until the end. */
export function sampleFree({ timeline, license, record, until }: Watched): void {
  const sample = async () => {
    const { free } = await monthNow(license, timeline.now());
    record.free.push({ at: timeline.now(), free });
    if (timeline.now() + SAMPLE_MS < until) timeline.after(SAMPLE_MS, sample);
  };
  timeline.after(SAMPLE_MS, sample);
}

/** Returns what is called at a denial by the license: it notes what is used or usable at that moment, once in ten minutes. */
export function usableSampler({ timeline, license, machines, record }: Watched): () => Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = timeline.now();
    if (now - last < SAMPLE_MS) return;
    last = now;
    const { month, total } = await monthNow(license, now);
    record.quotaDenials.push({ at: now, month, minutes: total + minutesAtAgents(machines, month, now) });
  };
}

async function monthNow(license: string, now: number) {
  const month = monthOf(new Date(now));
  const { allotments } = await monthUsage(license, month, new Date(now));
  const [{ total, free } = { total: 0, free: 0 }] = allotments;
  return { month, total, free: free ?? 0 };
}
