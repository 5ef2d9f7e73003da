import { type Allotment, nameKey, type UsageClass } from "./definition";

/** What a name of an allotment implies; `accessType` is null where the name doesn't tell. */
type NameMeaning = { class: UsageClass; accessType: string | null };

/** The names that products know. */
const MEANINGS: Record<string, NameMeaning> = {
  professional: { class: "assigned", accessType: "professional" },
  analyzer: { class: "assigned", accessType: "analyzer" },
  analyzer_time: { class: "time", accessType: "analyzer" },
  core_time: { class: "time", accessType: null },
};

export const KNOWN_NAMES = Object.keys(MEANINGS);
/** Those of nearly all licenses. */
export const USUAL_NAMES = KNOWN_NAMES.filter((name) => MEANINGS[name]?.accessType);

/** The usual block of minutes, which is the smallest charge. */
const USUAL_BLOCK = 6;

/** What a name implies, in any case; null for names that products don't know. Any `…_time` counts minutes. */
export function meaningOf(name: string): NameMeaning | null {
  const key = nameKey(name.trim());
  if (Object.hasOwn(MEANINGS, key)) return MEANINGS[key] ?? null;
  return key.endsWith("_time") ? { class: "time", accessType: null } : null;
}

/** A new allotment of this name, with the class and access type that the name implies, and without units. */
export function allotmentCalled(name: string): Allotment {
  const { class: counted = "assigned", accessType = null } = meaningOf(name) ?? {};
  return {
    ...{ name, usage: usageOf(counted), units: [{ count: 0, valid: "" }] },
    provisions: accessType ? [{ accessType }] : [],
  };
}

/** The allotment with another usage class; seats have no overage. */
export function countedAs(allotment: Allotment, counted: UsageClass): Allotment {
  if (counted === allotment.usage.class) return allotment;
  const { overage, ...rest } = allotment;
  return { ...rest, ...(counted === "time" && overage ? { overage } : {}), usage: usageOf(counted) };
}

/**
 * The allotment under another name. A name that products know brings its class and access type along; an access type
 * that somebody chose differently stays.
 */
export function renamedAllotment(allotment: Allotment, name: string): Allotment {
  const [before, after] = [meaningOf(allotment.name), meaningOf(name)];
  const counted = countedAs(allotment, after?.class ?? allotment.usage.class);
  const types = allotment.provisions.map(({ accessType }) => accessType);
  const isImplied = types.length === 0 || types.join() === before?.accessType;
  const implied = after?.accessType ? [{ accessType: after.accessType }] : [];
  return { ...counted, name, provisions: isImplied ? implied : allotment.provisions };
}

function usageOf(counted: UsageClass): Allotment["usage"] {
  return { class: counted, minimum: counted === "time" ? USUAL_BLOCK : 1 };
}
