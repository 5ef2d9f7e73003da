import { meaningOf } from "./allotment-names";
import type { Allotment, Definition } from "./definition";

/** A part of a definition that may be saved but is probably a mistake; pointers are relative to the definition. */
export type Doubt = { pointer: string; sentence: string };

const COUNTED = { assigned: "seats for people", time: "minutes" } as const;

/** The doubts that the author of a definition should check. */
export function doubtsOf({ allotments }: Pick<Definition, "allotments">): Doubt[] {
  return allotments.flatMap((allotment, index) => allotmentDoubts(allotment, `/allotments/${index}`));
}

function allotmentDoubts({ name, usage, provisions, units }: Allotment, at: string): Doubt[] {
  const { class: expected, accessType } = meaningOf(name) ?? {};
  const doubts: Doubt[] = [];
  if (expected && expected !== usage.class)
    doubts.push({
      pointer: `${at}/usage/class`,
      sentence: `${name.trim()} usually counts ${COUNTED[expected]}, but is set to ${COUNTED[usage.class]}. That can't be changed after saving.`,
    });
  const types = provisions.map(({ accessType: type }) => type);
  if (accessType && types.length > 0 && !types.includes(accessType))
    doubts.push({
      pointer: `${at}/provisions`,
      sentence: `${name.trim()} usually gives ${accessType} access, but is set to ${types.join(", ")}.`,
    });
  if (name.trim() !== "" && units.every(({ count }) => count === 0))
    doubts.push({
      pointer: `${at}/units`,
      sentence: `${name.trim()} has no units, so nobody can use it.`,
    });
  return doubts;
}
