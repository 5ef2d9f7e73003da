import type { Retrieval } from "./lef";

/** One scenario over 64 connections; a ratio says how many times as fast the product API is as another server. */
export type Compared = {
  perSecond: number;
  p99Ms: number;
  toBare: number;
  toBareAt16: number;
  toBefore?: number;
  toBeforeAt16?: number;
  toFirst?: number;
  toFirstAt16?: number;
};

export type Scenarios<Figures = Compared> = Record<"report" | "idleSync" | "onePatch", Figures>;

/** The cost of a sync in a store a hundred times as large, as a multiple. */
export type Growth = { idleSync: number; onePatch: number };

export type Results = {
  postgresql: Scenarios & { batch: { elementsPerSecond: number }; growth: Growth };
  pglite: Scenarios;
  roundTrips: { report: number; idleSync: number; sharedReport: number };
  lef: Retrieval;
  residentMb: number;
  readyMs: number;
};

export type Line = { what: string; value: string; target?: string; isMet?: boolean };

/** The results for programs. */
export function asJson({ roundTrips: _, ...results }: Results): string {
  return JSON.stringify(results, (key, value) => {
    if (key === "toFirstAt16") return undefined;
    return typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
  });
}

/** The results for people, with the targets. */
export function linesOf({ postgresql, pglite, roundTrips, lef, residentMb, readyMs }: Results): Line[] {
  const { batch, growth } = postgresql;
  return [
    ...scenarioLines("PostgreSQL, reports", postgresql.report, { toBare: 1.4, toBareAt16: 0.95, toFirst: 8 }),
    ...scenarioLines("PostgreSQL, idle syncs", postgresql.idleSync, {
      toBare: 0.8,
      toBareAt16: 0.8,
      toFirst: 3,
    }),
    ...scenarioLines("PostgreSQL, syncs with one patch", postgresql.onePatch),
    atLeast("PostgreSQL, reports of 100 elements: elements/s", batch.elementsPerSecond, 20_000, 0),
    atLeast("PostgreSQL, LEF by serial and control at 64: retrievals/s", lef.perSecond, 500, 0),
    atLeast("  of activations", lef.toActivation, 1),
    atMost("Idle sync, 100,000 of 1,000,000 against 100 of 10,000", growth.idleSync, 1.5),
    atMost("One patch, 100,000 of 1,000,000 against 100 of 10,000", growth.onePatch, 1.5),
    atMost("Round trips to the store for a report", roundTrips.report, 1.01),
    atMost("Round trips to the store for an idle sync", roundTrips.idleSync, 1.01),
    plain("Round trips per report of 64 at once", roundTrips.sharedReport),
    ...scenarioLines("PGlite, reports", pglite.report),
    ...scenarioLines("PGlite, idle syncs", pglite.idleSync),
    ...scenarioLines("PGlite, syncs with one patch", pglite.onePatch),
    plain("Resident memory after the load, MB", residentMb, 0),
    plain("Start until /ready, ms", readyMs, 0),
  ];
}

export function written(lines: Line[]): string {
  return lines.map(lineOf).join("\n");
}

/** Whether a result misses its target. */
export function isAnyMissed(lines: readonly Line[]): boolean {
  return lines.some(({ isMet }) => isMet === false);
}

type Targets = Partial<Pick<Compared, "toBare" | "toBareAt16" | "toFirst">>;

function scenarioLines(what: string, figures: Compared, targets: Targets = {}): Line[] {
  const { perSecond, p99Ms, toBare, toBareAt16, toBefore, toBeforeAt16, toFirst, toFirstAt16 } = figures;
  return [
    { what: `${what}/s at 64`, value: `${Math.round(perSecond)} (p99 ${p99Ms.toFixed(1)} ms)` },
    atLeast("  of the bare server at 64", toBare, targets.toBare),
    atLeast("  of the bare server at 16", toBareAt16, targets.toBareAt16),
    ...whereMeasured("  of the earlier commit at 64", toBefore),
    ...whereMeasured("  of the earlier commit at 16", toBeforeAt16),
    ...whereMeasured("  of the first draft at 64", toFirst, targets.toFirst),
    ...whereMeasured("  of the first draft at 16", toFirstAt16),
  ];
}

function whereMeasured(what: string, value?: number, target?: number): Line[] {
  return value === undefined ? [] : [atLeast(what, value, target)];
}

export function plain(what: string, value: number, digits = 2): Line {
  return { what, value: value.toFixed(digits) };
}

export function atLeast(what: string, value: number, target?: number, digits = 2): Line {
  if (target === undefined) return plain(what, value, digits);
  return { ...plain(what, value, digits), target: `≥ ${target}`, isMet: value >= target };
}

export function atMost(what: string, value: number, target: number, digits = 2): Line {
  return { ...plain(what, value, digits), target: `≤ ${target}`, isMet: value <= target };
}

function lineOf({ what, value, target, isMet }: Line): string {
  const end = target ? `${target.padEnd(9)} ${isMet ? "met" : "MISSED"}` : "";
  return `${what.padEnd(56)} ${value.padEnd(22)} ${end}`.trimEnd();
}
