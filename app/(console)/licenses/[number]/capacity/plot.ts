import { count } from "@/components/text/numbers";
import type { BurnUpDay } from "@/domain/consumption/burn-up";
import { capOf } from "@/domain/consumption/quota";
import type { Overage } from "@/domain/licenses/definition";
import { roundTicks } from "@/domain/ticks";
import type { SheetLayer } from "./month-sheet";

/** Measures in pixels shared by the chart and its overlays. */
export const PLOT = { top: 12, right: 16, axis: 30 };

/** Where the first day begins on the axis of days; each is one wide, around its number. */
export const FIRST_EDGE = 0.5;

/** The height of the plot from 1280 px on, where layers have labels. */
const TALL = 340 - PLOT.top - PLOT.axis;
const LABEL_HEIGHT = 16;

const HEADROOM = 1.05;
const DIGIT = 7.5;

export type Scale = { top: number; ticks: number[]; axisWidth: number; showsLimit: boolean };

/** The vertical axis: up to the limit, or only up to the actual and forecast usage. */
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

/** A label at the right end of a layer; `middle` is its distance from the top of the plot in pixels. */
export type LayerLabel = { id: string; name: string; middle: number };

/** Labels for the layers that are high enough on the last drawn day, lowest first. */
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
