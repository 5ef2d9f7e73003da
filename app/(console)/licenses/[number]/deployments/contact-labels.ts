import { counted } from "@/components/text/numbers";
import type { ContactDay } from "@/domain/contact-days";
import { type DateStyle, shortDateText } from "@/domain/dates/date-style";
import { addDays } from "@/domain/month";

type Run = { from: string; to: string };

const listed = new Intl.ListFormat("en", { type: "conjunction" });

/**
 * A summary such as `Called on 12 of the last 14 days; not on 3 to 4 Aug, and not yet today.` Days before the first
 * record don't count.
 */
export function contactLabel(days: readonly ContactDay[], dates: DateStyle): string {
  const recorded = days.filter(({ called }) => called !== null);
  const called = recorded.filter(({ called: did }) => did).length;
  const isPart = recorded.length < days.length;
  const of = isPart ? `the ${counted(recorded.length, "day")} on record` : `the last ${days.length} days`;
  const missed = recorded.slice(0, -1).filter(({ called: did }) => did === false);
  const gaps = listed.format(runsOf(missed.map(({ day }) => day)).map((run) => runWords(run, dates)));
  const said = [gaps && `not on ${gaps}`, recorded.at(-1)?.called === false && "not yet today"].filter(
    Boolean,
  );
  return `Called on ${called} of ${of}${said.length > 0 ? `; ${said.join(", and ")}` : ""}.`;
}

function runsOf(days: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else runs.push({ from: day, to: day });
  }
  return runs;
}

function runWords({ from, to }: Run, dates: DateStyle): string {
  const last = shortDateText(to, dates);
  if (from === to) return last;
  const isOneMonth = from.slice(0, 7) === to.slice(0, 7) && dates.dateForm === "d MMM yyyy";
  return `${isOneMonth ? Number(from.slice(8)) : shortDateText(from, dates)} to ${last}`;
}
