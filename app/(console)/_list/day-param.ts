import { createParser } from "nuqs/server";
import { dayOf } from "@/domain/month";
import { typedDay } from "@/domain/typed-day";

/**
 * A UTC day in the URL, `YYYY-MM-DD`. Without JavaScript a form sends what was typed, so other forms of a day are read
 * too.
 */
export const dayParam = createParser<Date>({
  parse: (text) => {
    const day = typedDay(text);
    return day ? new Date(day) : null;
  },
  serialize: dayOf,
  eq: (one, other) => one.getTime() === other.getTime(),
});
