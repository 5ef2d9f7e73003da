import { type BurnUpDay, burnUp, passedOn } from "@/domain/consumption/burn-up";
import type { CapacityMonth, Share } from "@/server/consumption/capacity";

/** A layer of the chart and a column of the table and the export. */
export type SheetLayer = { id: string; name: string; look: number; total: number; days: number[] };

/** The month as it is shown; chart, table, readout and export all use it. */
export type MonthSheet = {
  layers: SheetLayer[];
  days: BurnUpDay[];
  passed: { quota: number | null; cap: number | null };
  /** Whether all deployments are included; forecast and previous month only apply to all of them. */
  isWhole: boolean;
};

const OTHERS = "others";

/** The view of a month `by` deployment or in total, `without` the hidden layers. */
export function monthSheet(month: CapacityMonth, by: "deployment" | "total", without: string[]): MonthSheet {
  const { quota, overage, today, before, forecast } = month;
  const grant = { quota, overage };
  const all = layersOf(month);
  const shown = by === "total" ? [totalLayer(month)] : all.filter(({ id }) => !without.includes(id));
  const isWhole = by === "total" || shown.length === all.length;
  const days = burnUp({
    month: month.month,
    grant,
    layers: shown.map(({ id, days }) => ({ source: id, days })),
    before: isWhole ? before : [],
    today,
    forecast: isWhole ? forecast : null,
  });
  return { layers: shown, days, passed: passedOn(days, grant), isWhole };
}

/** Every layer of a month, shown or hidden, for the legend. */
export function layersOf({ shares }: CapacityMonth): SheetLayer[] {
  return shares.map((share) => ({ ...share, id: share.source ?? OTHERS, name: nameOf(share) }));
}

function totalLayer({ total, shares }: CapacityMonth): SheetLayer {
  const length = Math.max(0, ...shares.map(({ days }) => days.length));
  const days = Array.from({ length }, (_, i) => shares.reduce((sum, share) => sum + (share.days[i] ?? 0), 0));
  return { id: "total", name: "All deployments", look: 0, total, days };
}

function nameOf({ source, name, deployments }: Share): string {
  return source === null ? `Other (${deployments})` : (name ?? source);
}
