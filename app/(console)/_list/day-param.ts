import { createParser } from "nuqs/server";
import { dayOf, isDay } from "@/domain/month";

/** A UTC day in the URL, `YYYY-MM-DD`; `readTypedDays` makes it so. */
export const dayParam = createParser<Date>({
  parse: (text) => (isDay(text) ? new Date(text) : null),
  serialize: dayOf,
  eq: (one, other) => one.getTime() === other.getTime(),
});
