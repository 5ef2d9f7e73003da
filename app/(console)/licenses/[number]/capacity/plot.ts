import { count } from "@/components/text/numbers";
import type { BurnUpDay } from "@/domain/consumption/burn-up";
import { capOf } from "@/domain/consumption/quota";
import type { Overage } from "@/domain/licenses/definition";
import { roundTicks } from "@/domain/ticks";
import type { SheetLayer } from "./month-sheet";

/** The measures that the chart and what lies over it share, in pixels. */
export const PLOT = { top: 12, right: 16, axis: 30 };

/** What the days of a month take of the height that the plot has from 1280 px on, where its layers are named. */
const TALL = 340 - PLOT.top - PLOT.axis;
const LABEL_HEIGHT = 16;

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

/** A name at the right edge of its layer; `middle` is how far below the top of the plot it stands, in pixels. */
export type LayerLabel = { id: string; name: string; middle: number };

/** The names of the layers that are high enough for one on the last day that is drawn, the lowest first. */
export function layerLabels(days: BurnUpDay[], layers: SheetLayer[], { top }: Scale): LayerLabel[] {
  const edge = days.findLast(({ soFar }) => soFar !== null);
  const pixels = TALL / top;
  let under = 0;
  return layers.flatMap(({ id, name }, i) => {
    const minutes = edge?.layers[i] ?? 0;
    const middle = PLOT.top + TALL - (under + minutes / 2) * pixels;
    under += minutes;
    return minutes * pixels < LABEL_HEIGHT ? [] : [{ id, name, middle }];
  });
}
