import { count } from "@/components/numbers";
import type { BurnUpDay } from "@/domain/burn-up";
import type { Overage } from "@/domain/definition";
import { capOf } from "@/domain/quota";
import { roundTicks } from "@/domain/ticks";

/** The measures that the chart and what lies over it share, in pixels. */
export const PLOT = { top: 12, right: 16, axis: 30 };

const HEADROOM = 1.05;
const DIGIT = 7.5;

export type Scale = { top: number; ticks: number[]; axisWidth: number; showsLimit: boolean };

/** The vertical axis: up to the limit, or only as far as was used and is expected. */
export function scaleOf(days: BurnUpDay[], quota: number, overage: Overage, scale: "limit" | "use"): Scale {
  const high = days.flatMap(({ soFar, expected, monthBefore }) => [
    soFar ?? 0,
    expected?.high ?? 0,
    monthBefore ?? 0,
  ]);
  const used = Math.max(1, ...high);
  const limit = capOf({ quota, overage }) ?? quota;
  const top = Math.ceil((scale === "use" ? used : Math.max(used, limit)) * HEADROOM);
  const ticks = roundTicks(top);
  const widest = count(ticks.at(-1) ?? 0).length;
  return { top, ticks, axisWidth: Math.ceil(widest * DIGIT) + 18, showsLimit: quota <= top };
}

export const ticksOfMonth = (last: number) => [1, 5, 10, 15, 20, 25, last];
