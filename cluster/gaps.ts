import type { Attempt } from "./load";

/** What products saw of a kill, in a span of time. */
export type Outage = {
  name: string;
  /** The longest time in milliseconds in which no request succeeded. */
  gapMs: number;
  /** The longest time in which one product had no success. */
  waitMs: number;
  /** The time until everything was as before. */
  wholeMs: number;
  /** How many requests succeeded, were refused without effect, and ended without saying which. */
  acknowledged: number;
  refused: number;
  unknown: number;
};

export function outage(
  name: string,
  attempts: Attempt[],
  { from, to, wholeMs }: { from: number; to: number; wholeMs: number },
): Outage {
  const within = attempts.filter(({ at }) => at > from && at < to);
  const products = [...new Set(attempts.map(({ product }) => product))];
  const many = (fate: Attempt["fate"]) => within.filter((attempt) => attempt.fate === fate).length;
  const gapOf = (some: Attempt[]) => longestGap(some, from, to);
  return {
    name,
    gapMs: gapOf(within),
    waitMs: Math.max(...products.map((each) => gapOf(within.filter(({ product }) => product === each)))),
    wholeMs,
    acknowledged: many("acknowledged"),
    refused: many("refused"),
    unknown: many("unknown"),
  };
}

function longestGap(attempts: Attempt[], from: number, to: number): number {
  const successes = attempts.filter(({ fate }) => fate === "acknowledged").map(({ at }) => at);
  const moments = [from, ...successes, to];
  return Math.max(...moments.map((moment, nth) => moment - (moments[nth - 1] ?? from)));
}

const HEAD = ["killed", "longest gap", "one product", "whole after", "acknowledged", "refused", "unknown"];

/** A table of outages, a line each. */
export function tableOf(outages: Outage[]): string {
  const rows = outages.map(({ name, gapMs, waitMs, wholeMs, acknowledged, refused, unknown }) => [
    ...[name, seconds(gapMs), seconds(waitMs), seconds(wholeMs)],
    ...[acknowledged, refused, unknown].map(String),
  ]);
  const all = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  return all.map((row) => `           ${lineOf(row).trimEnd()}`).join("\n");
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
