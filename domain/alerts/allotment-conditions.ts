import { capOf } from "@/domain/consumption/quota";
import { nameKey } from "@/domain/licenses/definition";
import type { LicenseAllotment, SeatAllotment, TimeAllotment } from "@/domain/licenses/license-allotments";
import { monthOf } from "@/domain/month";
import type { AlertData, AlertKind, Condition } from "./alert";
import { type AlertRule, ruleKey } from "./alert-rules";
import { crossingState, type Limit, limitAt, percentLimit } from "./crossing";

/** An open forecast alert is resolved once the forecast falls below this share of the quota. */
const FORECAST_HELD = 0.95;

/** The condition of an allotment under a rule; none if the rule is about allotments of the other class. */
export function allotmentConditions(allotment: LicenseAllotment, rule: AlertRule, now: Date): Condition[] {
  if (allotment.class === "assigned") return seatConditions(allotment, rule, now);
  return rule.when === "forecast"
    ? forecastConditions(allotment, rule, now)
    : timeConditions(allotment, rule, now);
}

function seatConditions(seats: SeatAllotment, rule: AlertRule, now: Date): Condition[] {
  const { name, units, live, reserved } = seats;
  const limit = seatLimit(rule, units);
  if (!limit) return [];
  const taken = live + reserved;
  const kind = limit.on >= units ? "seats.full" : "seats.nearly-full";
  const series = `seats ${nameKey(name)}`;
  const term = "";
  const data = { allotment: name, taken, units, ...valueIn(rule) };
  const state = crossingState(taken, limit);
  const once = `${monthOf(now)} of ${units}`;
  return [{ kind, series, rule: ruleKey(rule), rank: limit.on, state, term, once, data }];
}

function seatLimit({ when, value = 1 }: AlertRule, units: number): Limit | null {
  if (when === "seats.percent") return percentLimit(value, units);
  return when === "seats.number" ? limitAt(value, units) : null;
}

function timeConditions(time: TimeAllotment, rule: AlertRule, now: Date): Condition[] {
  const { name, total, quota, overage } = time;
  const limit = timeLimit(time, rule);
  if (!limit) return [];
  const kind = timeKind(time, rule, limit);
  const month = monthOf(now);
  const series = `capacity ${nameKey(name)}`;
  // The cap is worse than the quota, also where both are the same.
  const rank = limit.on * 2 + Number(kind === "capacity.cap-reached");
  const data = { allotment: name, month, total, quota, overage, ...valueIn(rule) };
  const state = crossingState(total, limit);
  const once = `${month} of ${quota} + ${overage}`;
  return [{ kind, series, rule: ruleKey(rule), rank, state, term: month, once, data }];
}

function timeLimit({ quota, overage }: TimeAllotment, { when, value = 1 }: AlertRule): Limit | null {
  const isOpen = overage === "YES";
  const whole = isOpen ? quota : quota + overage;
  switch (when) {
    case "capacity.percent":
      return percentLimit(value, quota);
    case "capacity.minutes":
      return limitAt(value, quota);
    case "overage.percent":
      return isOpen ? null : limitAt(Math.max(1, quota + Math.ceil((value * overage) / 100)), whole);
    case "overage.minutes":
      return isOpen || overage >= value ? limitAt(quota + value, whole) : null;
    default:
      return null;
  }
}

function timeKind({ quota, overage }: TimeAllotment, { when }: AlertRule, { on }: Limit): AlertKind {
  const cap = capOf({ quota, overage });
  if (when.startsWith("overage") && cap !== null && on >= cap) return "capacity.cap-reached";
  return when.startsWith("capacity") && on === Math.max(1, quota)
    ? "capacity.quota-reached"
    : "capacity.threshold";
}

/** On while the month is expected to end beyond its quota; over once the quota is reached, which has its own alert. */
function forecastConditions(time: TimeAllotment, rule: AlertRule, now: Date): Condition[] {
  const { name, total, quota, overage, expected, crossing } = time;
  if (quota === 0) return [];
  const month = monthOf(now);
  const data = { allotment: name, month, total, quota, overage, expected, on: crossing?.on ?? null };
  const same = {
    kind: "capacity.forecast",
    series: `forecast ${nameKey(name)}`,
    rule: ruleKey(rule),
    rank: 0,
  } as const;
  const state = forecastState(time);
  return [{ ...same, state, term: month, once: `${month} of ${quota}`, data }];
}

function forecastState({ total, quota, expected }: TimeAllotment): Condition["state"] {
  if (expected === null || total >= quota) return "off";
  if (expected > quota) return "on";
  return expected >= FORECAST_HELD * quota ? "held" : "off";
}

function valueIn({ when, value = 0 }: AlertRule): AlertData {
  return { when, value };
}
