import { type Allotment, type Definition, nameKey, type UsageClass } from "./definition";

/** A part of a definition that may be saved but is probably a mistake; pointers are relative to the definition. */
export type Doubt = { pointer: string; sentence: string };

/** Names that products know, with the usage class that they expect. */
const KNOWN: Record<string, UsageClass> = { professional: "assigned", analyzer: "assigned" };
const COUNTED = { assigned: "seats for people", time: "minutes" } as const;

/** The doubts that the author of a definition should check. */
export function doubtsOf({ allotments }: Pick<Definition, "allotments">): Doubt[] {
  return allotments.flatMap((allotment, index) => allotmentDoubts(allotment, `/allotments/${index}`));
}

function allotmentDoubts({ name, usage, units }: Allotment, at: string): Doubt[] {
  const expected = classOf(name);
  const doubts: Doubt[] = [];
  if (expected && expected !== usage.class)
    doubts.push({
      pointer: `${at}/usage/class`,
      sentence: `${name.trim()} usually counts ${COUNTED[expected]}, but is set to ${COUNTED[usage.class]}. That can't be changed after saving.`,
    });
  if (name.trim() !== "" && units.every(({ count }) => count === 0))
    doubts.push({
      pointer: `${at}/units`,
      sentence: `${name.trim()} has no units, so nobody can use it.`,
    });
  return doubts;
}

/** The usage class that a name implies; undefined if it implies none. */
function classOf(name: string): UsageClass | undefined {
  const key = nameKey(name.trim());
  return key.endsWith("_time") ? "time" : KNOWN[key];
}
