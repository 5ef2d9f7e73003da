import type { BadgeState } from "@/components/ui/state-badge";
import { type DateStyle, shortDateText } from "@/domain/dates/date-style";
import type { Overage } from "@/domain/licenses/definition";
import type { LicenseAllotment, SeatAllotment, TimeAllotment } from "@/domain/licenses/license-allotments";
import { count, counted } from "./numbers";

/** The status of an allotment, in the words of its badge. */
export function allotmentState(pool: LicenseAllotment, dates: DateStyle): string {
  return pool.class === "assigned" ? seatWords(pool) : timeWords(pool, dates);
}

/** The badge of an allotment. One without units is not healthy just because none are used. */
export function allotmentBadge(pool: LicenseAllotment): BadgeState {
  const limit = pool.class === "assigned" ? pool.units : pool.quota;
  return pool.state === "within" && limit === 0 ? "empty" : pool.state;
}

/** Usage as `1,639 of 1,500 minutes` or `804 of 800 seats`. */
export function allotmentUsage(pool: LicenseAllotment): string {
  if (pool.class === "assigned") return `${count(pool.live)} of ${counted(pool.units, "seat")}`;
  return `${count(pool.total)} of ${counted(pool.quota, "minute")}`;
}

function seatWords({ live, units, state }: SeatAllotment): string {
  if (state === "excess") return `${count(live - units)} in excess`;
  if (units === 0) return "No units in force";
  if (live === units) return "No seats left";
  return state === "near" ? "Near quota" : "Within quota";
}

function timeWords(pool: TimeAllotment, dates: DateStyle): string {
  const { total, quota, overage, denied, hasEnded, state, crossing } = pool;
  if (hasEnded) return "License ended, access denied";
  if (quota === 0 && total === 0) return "No units in force";
  if (denied) return isBeyond({ total, quota, overage }) ? "Exceeded" : "At the cap, access denied";
  if (state === "overage") return `In overage, ${count(total - quota)} over`;
  if (state !== "near") return "Within quota";
  return crossing ? `Crosses ${shortDateText(crossing.on, dates)}` : "Near quota";
}

function isBeyond({ total, quota, overage }: Pick<TimeAllotment, "total" | "quota" | "overage">): boolean {
  return overage !== "YES" && total > quota + overage;
}

/** Overage as `300 minutes`, `no cap` or `none`. */
export function overageText(overage: Overage): string {
  if (overage === "YES") return "no cap";
  return overage === 0 ? "none" : counted(overage, "minute");
}
