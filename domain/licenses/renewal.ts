import { addDays, dayOf } from "@/domain/month";
import type { Definition } from "./definition";
import { lastDayOf } from "./period";
import { daysOf, validityOf } from "./validity";

/** The last day of a definition; null if it doesn't end. */
export function lastDayOfLicense({ valid }: Pick<Definition, "valid">): string | null {
  return daysOf(valid)?.last || null;
}

/** The definition with a later last day. Units and parameters that end with the license end with it again. */
export function renewed(definition: Definition, last: string): Definition {
  const end = lastDayOfLicense(definition);
  if (!end) return definition;
  const longer = <Dated extends { valid: string }>(dated: Dated): Dated => {
    const days = daysOf(dated.valid);
    return days?.last === end ? { ...dated, valid: validityOf({ ...days, last }) } : dated;
  };
  return {
    ...longer(definition),
    allotments: definition.allotments.map((allotment) => ({
      ...allotment,
      units: allotment.units.map(longer),
    })),
    parameters: definition.parameters.map(longer),
  };
}

/** The last day of a renewal for some months: after the end of the license, or after today if it ended before. */
export function renewedUntil(end: string, months: number, now: Date): string {
  const today = dayOf(now);
  return lastDayOf(addDays(end > today ? end : today, 1), { months });
}
