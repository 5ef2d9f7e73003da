import { counted } from "@/components/text/numbers";
import { type DateStyle, dateText } from "@/domain/dates/date-style";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { shownSubject } from "@/domain/offline/hashed-subject";
import type { UserReleased } from "@/server/users/release-everywhere";
import type { UserPage, UserRow } from "./user-rows";

type Unread = Pick<UserPage, "waiting" | "left">;

/** What a search hasn't searched; null if it searched all. */
export function incompleteText({ waiting, left }: Unread): string | null {
  const parts = [
    ...(waiting > 0
      ? [`Reading the names of ${counted(waiting, "more seat")}. Results are incomplete until then.`]
      : []),
    ...(left > 0
      ? [`The names of ${counted(left, "seat")} don't fit into memory. Search for them within their license.`]
      : []),
  ];
  return parts.length > 0 ? parts.join(" ") : null;
}

/** How much is shown, and of what. */
export function searchedText({ rows, seats }: Pick<UserPage, "rows" | "seats">, query: string): string {
  const shown = `${counted(rows.length, "user")} shown, by name`;
  return query === ""
    ? `${shown}; ${counted(seats, "seat")} in all`
    : `${shown}; ${counted(seats, "seat")} match`;
}

/** Where a user has seats, in two lines: the customer and the number of a license, or how many of whom. */
export function licensesText(licenses: UserRow["licenses"]): { first: string; second: string } {
  const names = [...new Set(licenses.map(({ customer }) => customer))];
  const [first] = licenses;
  if (licenses.length === 1 && first)
    return { first: first.customer, second: formatLicenseNumber(first.number) };
  const customers =
    names.length <= 2 ? names.join(" and ") : `${names[0]} and ${counted(names.length - 1, "other")}`;
  return { first: counted(licenses.length, "license"), second: customers };
}

/** A day of use, or that there is none. */
export function lastUseText(day: string | null, dates: DateStyle): string {
  return day ? dateText(day, dates) : "–";
}

/** `3 seats in 2 licenses`. */
export function seatsText(seats: readonly { license: string }[]): string {
  const licenses = new Set(seats.map(({ license }) => license)).size;
  return `${counted(seats.length, "seat")} in ${counted(licenses, "license")}`;
}

/** What a release everywhere did, by the server's count. */
export function releasedText(subject: string, { released, unreached }: UserReleased): string {
  const done =
    released.length > 0
      ? `Released ${shownSubject(subject)} from ${seatsText(released)}.`
      : `${shownSubject(subject)} had no seat any more.`;
  if (unreached.length === 0) return done;
  return `${done} ${counted(unreached.length, "license")} couldn't be reached. Release again to finish.`;
}
