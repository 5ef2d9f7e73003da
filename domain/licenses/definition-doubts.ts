import { type Allotment, type Definition, nameKey, type UsageClass } from "./definition";

/** Something in a definition that may be saved and is probably not meant; pointers are relative to the definition. */
export type Doubt = { pointer: string; sentence: string };

/** Names that products know, with how they count them. */
const KNOWN: Record<string, UsageClass> = { professional: "assigned", analyzer: "assigned" };
const COUNTED = { assigned: "seats for people", time: "minutes" } as const;

/** What somebody who writes a definition should look at again. */
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

/** What a name says of its class; undefined when it says nothing. */
function classOf(name: string): UsageClass | undefined {
  const key = nameKey(name.trim());
  return key.endsWith("_time") ? "time" : KNOWN[key];
}
