import type { BurnUpDay } from "@/domain/consumption/burn-up";
import { capOf } from "@/domain/consumption/quota";
import type { Overage } from "@/domain/licenses/definition";

/** A point of the chart; `x` is in days, and day 1 reaches from 0.5 to 1.5. Each layer is `layer0`, `layer1` and so on. */
export type PlotRow = { x: number } & Record<string, number | [number, number] | null>;

type Month = { days: BurnUpDay[]; quota: number; overage: Overage };

/**
 * The points of a month. What was used is a step over the width of its day, also for a single day; the forecast is a
 * straight line from the end of today, which turns into `beyond` where it passes the cap.
 */
export function plotRows({ days, quota, overage }: Month): PlotRow[] {
  const cap = capOf({ quota, overage });
  const turn = days.findIndex(({ expected }) => cap !== null && expected !== null && expected.mid > cap);
  const forecastAt = (index: number) => expectedAt(days[index], index, turn);
  return days.flatMap((day, index) => {
    const used = usedOn(day);
    return [
      { x: day.day - 0.5, ...used, ...forecastAt(index - 1) },
      { x: day.day + 0.5, ...used, ...forecastAt(index) },
    ];
  });
}

function usedOn({ monthBefore, layers }: BurnUpDay) {
  return {
    ghost: monthBefore,
    ghostEdge: monthBefore,
    ...Object.fromEntries(layers.map((sum, layer) => [`layer${layer}`, sum])),
  };
}

function expectedAt(day: BurnUpDay | undefined, index: number, turn: number) {
  const expected = day?.expected ?? null;
  const mid = expected?.mid ?? null;
  return {
    cone: expected && ([expected.low, expected.high] as [number, number]),
    mid: turn < 0 || index <= turn ? mid : null,
    beyond: turn >= 0 && index >= turn ? mid : null,
  };
}
