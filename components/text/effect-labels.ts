import type {
  AllotmentEffect,
  DefinitionEffects,
  SeatEffect,
  TimeEffect,
} from "@/domain/licenses/definition-effects";
import type { ValidityStatus } from "@/domain/licenses/lease";
import { overageText } from "./allotment-labels";
import { count, counted } from "./numbers";

const STATUSES: Record<ValidityStatus, string> = {
  active: "valid",
  expiring: "valid, but ends soon",
  grace: "in its grace days",
  expired: "expired",
  "not-yet-valid": "not valid yet",
};

/** A sentence about the effect on an allotment. */
export function allotmentEffectText(effect: AllotmentEffect, month: string): string {
  return effect.class === "assigned" ? seatWords(effect) : timeWords(effect, month);
}

/** A text such as `3 analyzer assignments will be in excess`; null if there are no new ones. */
export function excessText(effect: AllotmentEffect): string | null {
  if (effect.class !== "assigned" || effect.excess.after <= effect.excess.before) return null;
  const { name, excess } = effect;
  return `${counted(excess.after, `${name} assignment`)} will be in excess`;
}

/** The new status of the license; null if it doesn't change. */
export function statusLabel({ before, after }: DefinitionEffects["standing"]): string | null {
  return before === after ? null : `The license is ${STATUSES[before]} now, and will be ${STATUSES[after]}.`;
}

/** One sentence for each group that loses access. */
export function denialText({ pools, standing, denies }: DefinitionEffects): string[] {
  const license = denies.license
    ? [`The license will be ${STATUSES[standing.after]}: products deny access to everyone.`]
    : [];
  const people = pools.flatMap((allotment) => {
    const words = excessText(allotment);
    return words ? [`${words}: they are kept but lose access, newest first.`] : [];
  });
  const minutes = pools.flatMap((allotment) =>
    allotment.class === "time" && allotment.denied.after && !allotment.denied.before
      ? [
          `${allotment.name} reaches its cap: ${counted(allotment.total, "minute")} are used, so no more are granted.`,
        ]
      : [],
  );
  return [...license, ...people, ...minutes];
}

/** The label of the confirming button, such as "Save and deny 4". */
export function denialButton({ denies: { people, license } }: DefinitionEffects): string {
  return people > 0 && !license ? `Save and deny ${count(people)}` : "Save and deny access";
}

function seatWords({ name, live, units }: SeatEffect): string {
  return `${name}: ${count(units.before)} → ${counted(units.after, "seat")} now, ${count(live)} taken.`;
}

function timeWords({ name, quota, overage, total }: TimeEffect, month: string): string {
  const over =
    overage.before === overage.after
      ? ""
      : `, overage ${overageText(overage.before)} → ${overageText(overage.after)}`;
  const change =
    quota.before === quota.after
      ? `quota of ${month} stays ${counted(quota.after, "minute")}`
      : `quota of ${month} ${count(quota.before)} → ${counted(quota.after, "minute")}`;
  return `${name}: ${change}${over}. ${counted(total, "minute")} used.`;
}
