import { type CorrectedMonth, correctedMonths } from "@/domain/licenses/corrections";
import type { Definition } from "@/domain/licenses/definition";
import { nameKey } from "@/domain/licenses/definition";
import {
  type AllotmentEffect,
  type DefinitionEffects,
  definitionEffects,
} from "@/domain/licenses/definition-effects";
import { leaseEnd } from "@/domain/licenses/lease";
import { monthOf } from "@/domain/month";
import { nothingHere } from "@/domain/refusals/refusal";
import { SYSTEM } from "@/server/access/actor";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { countsIn, isCorrectable } from "@/server/licenses/definition-corrections";
import { erasOf } from "@/server/licenses/definitions";
import { putDefinition } from "@/server/licenses/license-definitions";
import type { OpenPromise } from "@/server/licenses/open-promises";
import { HAS_CALLED } from "@/server/store/deployment-filters";
import { store } from "@/server/store/store";

/** The effects of a definition, shown before it is saved. */
export type DefinitionPreview = {
  version: string;
  effects: DefinitionEffects;
  /** The months that it would change as a correction of the one in force; null if there is nothing to correct. */
  correction: CorrectedMonth[] | null;
  /** The users who would fall into excess, newest first, at most 100 per allotment; null for principals who may not know. */
  losing: { allotment: string; subjects: string[] }[] | null;
  /** Until when a product that doesn't reach this server keeps the old terms; null if no product has any. */
  toldUntil: Date | null;
  /** What open signed definitions still grant. */
  promises: OpenPromise[];
  checked: Date;
};

const MOST_NAMES = 100;

/** Tries a definition on the current license, with the refusals of `putDefinition`, and changes nothing. */
export async function previewDefinition(
  number: string,
  definition: Definition,
  ifVersion: string,
  { names, now }: { names: boolean; now: Date },
): Promise<DefinitionPreview> {
  const { version, promises = [] } = await putDefinition(number, definition, ifVersion, true, SYSTEM, now);
  const license = await store().db.license.findUnique({ where: { number }, include: { allotments: true } });
  if (!license) throw nothingHere();
  const month = monthOf(now);
  const [eras, totals, counts, { _max }] = await Promise.all([
    erasOf(number, license.definitionId),
    store().db.usageMonth.findMany({ where: { license: number, month } }),
    countsIn(store().db, number, now),
    store().db.deployment.aggregate({ where: { license: number, ...HAS_CALLED }, _max: { lastSeen: true } }),
  ]);
  const inUse = {
    live: new Map(license.allotments.map(({ key, live }) => [key, live])),
    totals: new Map(totals.map(({ allotment, total }) => [allotment, Number(total)])),
  };
  const { graceDays, leaseDays } = license;
  const effects = definitionEffects(eras, definition, inUse, { now, month, graceDays });
  const told = eras.at(-1)?.definition.valid ?? "";
  return {
    version,
    effects,
    correction: isCorrectable(eras) ? correctedMonths(eras, definition, counts, now) : null,
    losing: names ? await losers(number, effects.pools) : null,
    toldUntil: _max.lastSeen && leaseEnd(told, _max.lastSeen, { leaseDays, graceDays }),
    promises,
    checked: now,
  };
}

async function losers(number: string, allotments: AllotmentEffect[]) {
  const hit = allotments.flatMap((allotment) =>
    allotment.class === "assigned" && allotment.excess.after > allotment.excess.before ? [allotment] : [],
  );
  if (hit.length === 0) return [];
  const ranked = (await liveSeats(number)).sorted("addedAt");
  return hit.map(({ name, units }) => {
    const seats = ranked.filter(({ allotment }) => allotment === nameKey(name));
    const subjects = seats.slice(units.after, units.before).map(({ subject }) => subject);
    return { allotment: name, subjects: subjects.reverse().slice(0, MOST_NAMES) };
  });
}
