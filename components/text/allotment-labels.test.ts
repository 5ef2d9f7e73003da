import { expect, test } from "vitest";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import type { SeatAllotment, TimeAllotment } from "@/domain/licenses/license-allotments";
import { allotmentBadge, allotmentState } from "./allotment-labels";

const seats = (live: number, units: number): SeatAllotment =>
  ({
    class: "assigned",
    name: "analyzer",
    live,
    units,
    state: live > units ? "excess" : "within",
  }) as SeatAllotment;
const minutes = (quota: number): TimeAllotment =>
  ({ class: "time", name: "analyzer_time", total: 0, quota, overage: 0, state: "within" }) as TimeAllotment;

test.each([
  [seats(0, 0), "empty", "No units in force"],
  [seats(1, 0), "excess", "1 in excess"],
  [seats(0, 5), "within", "Within quota"],
  [minutes(0), "empty", "No units in force"],
  [minutes(10), "within", "Within quota"],
])("%j is %s: %s", (allotment, badge, words) => {
  expect([allotmentBadge(allotment), allotmentState(allotment, DEFAULT_STYLE)]).toEqual([badge, words]);
});
