import { createParser } from "nuqs/server";
import { DEFAULT_DATE_FORM, parseDate } from "@/domain/dates/date-form";
import { dayOf } from "@/domain/month";

/**
 * A UTC day in the URL, `YYYY-MM-DD`. Without JavaScript a form sends what was typed, so other forms of a day are read
 * too.
 */
export const dayParam = createParser<Date>({
  parse: (text) => {
    const day = parseDate(text, DEFAULT_DATE_FORM);
    return day ? new Date(day) : null;
  },
  serialize: dayOf,
  eq: (one, other) => one.getTime() === other.getTime(),
});
