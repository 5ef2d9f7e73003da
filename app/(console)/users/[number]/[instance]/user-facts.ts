import { lastUseText, seatsText } from "@/app/(console)/users/user-labels";
import type { DateStyle } from "@/domain/dates/date-style";
import type { User } from "@/server/users/user";
import type { UserLicense } from "@/server/users/user-licenses";

/** What the page shows in its first line. */
export function summaryText({ subject, seats }: User, dates: DateStyle): string {
  if (subject === null)
    return "This user holds no seat here any more, so the name was erased. What is left is of one license.";
  if (seats.length === 0) return "Holds no seat.";
  const last = seats
    .flatMap(({ lastUsed }) => lastUsed ?? [])
    .sort()
    .at(-1);
  return `${seatsText(seats)}${last ? `, last used ${lastUseText(last, dates)}` : ""}.`;
}

/** The last day of use of a seat, or why none is known. */
export function lastUsedText(seat: User["seats"][number], dates: DateStyle): string {
  const { lastUsed, usageReported } = seat;
  if (lastUsed) return lastUseText(lastUsed, dates);
  return usageReported ? "never" : "not reported";
}

/** The names of the user's deployments, by license and source; undefined for one without a name. */
export function deploymentNames({ deployments }: Pick<User, "deployments">) {
  const names = new Map(deployments.map(({ license, source, name }) => [`${license} ${source}`, name]));
  return (license: string, source: string) => names.get(`${license} ${source}`) ?? undefined;
}

/** Where usage by user can't be shown; null if all licenses keep names. */
export function namelessText(licenses: readonly UserLicense[]): string | null {
  const nameless = licenses.filter(({ keepsNames }) => !keepsNames).length;
  if (nameless === 0) return null;
  if (nameless < licenses.length)
    return `${nameless} of ${licenses.length} licenses don't keep the names of users beside usage, so their minutes aren't shown.`;
  return licenses.length === 1
    ? "This license doesn't keep the names of users beside usage. Turn it on in its settings."
    : "None of these licenses keeps the names of users beside usage. Turn it on in their settings.";
}
