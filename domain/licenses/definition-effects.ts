import { denied, monthGrant } from "@/domain/consumption/quota";
import type { Month } from "@/domain/month";
import { allotmentNamed, type Definition, type Era, nameKey, type Overage } from "./definition";
import { seatsInForce } from "./excess";
import { type ValidityStatus, validityStatus } from "./lease";

/** The change of a seat allotment: `excess` is how many users with a seat are beyond the units. */
export type SeatEffect = {
  class: "assigned";
  name: string;
  live: number;
  units: { before: number; after: number };
  excess: { before: number; after: number };
};

/** The change of a time allotment in the running month. */
export type TimeEffect = {
  class: "time";
  name: string;
  total: number;
  quota: { before: number; after: number };
  overage: { before: Overage; after: Overage };
  denied: { before: boolean; after: boolean };
};

export type AllotmentEffect = SeatEffect | TimeEffect;

/** The effects of a definition on those who use the license now. */
export type DefinitionEffects = {
  standing: { before: ValidityStatus; after: ValidityStatus };
  /** The allotments for which something changes. */
  pools: AllotmentEffect[];
  /** How many people lose access, how many time allotments are denied, and whether the whole license ends. */
  denies: { people: number; pools: number; license: boolean };
};

export type InUse = { live: ReadonlyMap<string, number>; totals: ReadonlyMap<string, number> };

/** The effects of putting `after` in force now; `eras` end with the definition in force, usage is keyed by name key. */
export function definitionEffects(
  eras: Era[],
  after: Definition,
  { live, totals }: InUse,
  { now, month, graceDays }: { now: Date; month: Month; graceDays: number },
): DefinitionEffects {
  const before = eras.at(-1)?.definition ?? after;
  const next = [...eras, { from: now, definition: after }];
  const effectOf = (key: string): AllotmentEffect => {
    const [was, is] = [allotmentNamed(before, key), allotmentNamed(after, key)];
    const name = is?.name ?? was?.name ?? key;
    const units = { before: seatsInForce(before, key, now), after: seatsInForce(after, key, now) };
    if ((is ?? was)?.usage.class === "assigned") return seatEffect(name, live.get(key) ?? 0, units);
    return timeEffect(name, totals.get(key) ?? 0, eras, next, month);
  };
  const keys = new Set([...before.allotments, ...after.allotments].map(({ name }) => nameKey(name)));
  const standing = {
    before: validityStatus(before.valid, now, graceDays),
    after: validityStatus(after.valid, now, graceDays),
  };
  const allotments = [...keys].map(effectOf).filter(isChanged);
  return { standing, pools: allotments, denies: deniesOf(allotments, standing) };
}

/** Whether anybody who has access now loses it. */
export function deniesAnyone({ denies: { people, pools, license } }: DefinitionEffects): boolean {
  return people > 0 || pools > 0 || license;
}

function seatEffect(name: string, live: number, units: SeatEffect["units"]): SeatEffect {
  const beyond = (count: number) => Math.max(0, live - count);
  const excess = { before: beyond(units.before), after: beyond(units.after) };
  return { class: "assigned", name, live, units, excess };
}

function timeEffect(name: string, total: number, eras: Era[], next: Era[], month: Month): TimeEffect {
  const [was, is] = [monthGrant(eras, name, month), monthGrant(next, name, month)];
  return {
    class: "time",
    name,
    total,
    quota: { before: was.quota, after: is.quota },
    overage: { before: was.overage, after: is.overage },
    denied: { before: denied(was, total), after: denied(is, total) },
  };
}

function isChanged(effect: AllotmentEffect): boolean {
  if (effect.class === "assigned") return effect.units.before !== effect.units.after;
  const { quota, overage, denied: stop } = effect;
  return quota.before !== quota.after || overage.before !== overage.after || stop.before !== stop.after;
}

function deniesOf(
  allotments: AllotmentEffect[],
  standing: DefinitionEffects["standing"],
): DefinitionEffects["denies"] {
  const people = allotments.map((allotment) =>
    allotment.class === "assigned" ? Math.max(0, allotment.excess.after - allotment.excess.before) : 0,
  );
  const stopped = allotments.filter(
    (allotment) => allotment.class === "time" && allotment.denied.after && !allotment.denied.before,
  );
  const ends = (one: ValidityStatus) => one === "expired" || one === "not-yet-valid";
  return {
    people: people.reduce((sum, count) => sum + count, 0),
    pools: stopped.length,
    license: ends(standing.after) && !ends(standing.before),
  };
}
