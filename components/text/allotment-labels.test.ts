import { expect, test } from "vitest";
import type { SeatPool, TimePool } from "@/domain/licenses/license-allotments";
import { poolBadge, poolState } from "./allotment-labels";

const seats = (live: number, units: number): SeatPool =>
  ({
    class: "assigned",
    name: "analyzer",
    live,
    units,
    state: live > units ? "excess" : "within",
  }) as SeatPool;
const minutes = (quota: number): TimePool =>
  ({ class: "time", name: "analyzer_time", total: 0, quota, overage: 0, state: "within" }) as TimePool;

test.each([
  [seats(0, 0), "empty", "No units in force"],
  [seats(1, 0), "excess", "1 in excess"],
  [seats(0, 5), "within", "Within quota"],
  [minutes(0), "empty", "No units in force"],
  [minutes(10), "within", "Within quota"],
])("%j is %s: %s", (pool, badge, words) => {
  expect([poolBadge(pool), poolState(pool)]).toEqual([badge, words]);
});
