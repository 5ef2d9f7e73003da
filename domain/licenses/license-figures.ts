import { DAY } from "@/domain/month";
import { isServing } from "./license-state";
import type { LicenseHealth } from "./license-summary";

/** Sums over the licenses that serve somebody; of those that were stopped or have expired nothing counts. */
export type LicenseFigures = {
  seats: { taken: number; units: number };
  /** Of the current month; `over` is what was used beyond the quota of an allotment. */
  minutes: { used: number; quota: number; over: number };
  silent: { deployments: number; licenses: number };
  /** How many licenses end soon, and when the next one does. */
  ending: { licenses: number; next: Date | null };
};

/** "Soon" for the figure of ends. */
export const ENDING_DAYS = 60;

type Row = { glance: Pick<LicenseHealth, "status" | "standing" | "pools" | "silent" | "endsAt"> };

export function licenseFigures(rows: readonly Row[], now: Date): LicenseFigures {
  const serving = rows
    .map(({ glance }) => glance)
    .filter(({ status, standing }) => isServing(status, standing));
  const pools = serving.flatMap((glance) => glance.pools);
  const seats = pools.flatMap((pool) => (pool.class === "assigned" ? pool : []));
  const minutes = pools.flatMap((pool) => (pool.class === "time" ? pool : []));
  const silent = serving.flatMap((glance) => glance.silent ?? []);
  return {
    seats: { taken: sum(seats.map(({ live }) => live)), units: sum(seats.map(({ units }) => units)) },
    minutes: {
      used: sum(minutes.map(({ total }) => total)),
      quota: sum(minutes.map(({ quota }) => quota)),
      over: sum(minutes.map(({ total, quota }) => Math.max(0, total - quota))),
    },
    silent: { deployments: sum(silent.map(({ sites }) => sites)), licenses: silent.length },
    ending: endingAmong(serving, now),
  };
}

function endingAmong(serving: readonly Row["glance"][], now: Date): LicenseFigures["ending"] {
  const before = now.getTime() + ENDING_DAYS * DAY;
  const ends = serving.flatMap(({ endsAt }) =>
    endsAt && endsAt >= now && endsAt.getTime() < before ? endsAt.getTime() : [],
  );
  return { licenses: ends.length, next: ends.length > 0 ? new Date(Math.min(...ends)) : null };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
