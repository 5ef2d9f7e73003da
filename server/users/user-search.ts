import { personKey } from "@/domain/assignments/spellings";
import { foldSubject, subjectKey } from "@/domain/assignments/subject";
import { eachMatch } from "@/domain/users/name-text";
import { type UserFound, usersPage } from "@/domain/users/users-page";
import type { Principal } from "@/server/access/gate";
import type { LiveSeat } from "@/server/assignments/lists/live-seat";
import { issuePageToken, readPageToken } from "@/server/secrets/page-tokens";
import { foreignCursor, type Page, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";
import { type ScopedNames, scopedNames } from "./scoped-names";
import { userLicenses } from "./user-licenses";

/** A seat in a list of users; `lastUsed` is a UTC day. */
export type ListedUserSeat = {
  license: string;
  customer: string;
  instance: string;
  allotment: string;
  subject: string;
  lastUsed: string | null;
};

/** A user, with the seats that the name has in each license. */
export type ListedUser = { subject: string; seats: ListedUserSeat[]; lastUsed: string | null };

/**
 * A page of users by name. `seats` is how many match on all pages; `waiting` is how many seats of other licenses are
 * still being read, and `left` how many don't fit into memory: both aren't searched.
 */
export type UserList = Page<ListedUser> & { seats: number } & Omit<ScopedNames, "licenses">;

/** How long a search waits for names that are being read, in milliseconds. */
export type Patience = { patience: number };

const LIST = "users";

/**
 * The users over all licenses that a principal can see whose name contains a text, in any case. The cursor is encrypted,
 * since it holds a name.
 */
export async function searchUsers(
  who: Principal,
  { query = "", limit, cursor, patience }: Slice & Patience & { query?: string },
): Promise<UserList> {
  const part = foldSubject(query);
  const after = cursor === undefined ? null : afterIn(cursor, part);
  const { licenses, waiting, left } = await scopedNames(who, patience);
  const { users, seats, next } = usersPage(licenses, { part, after, limit });
  return {
    items: await listed(users),
    cursor: next === null ? null : cursorAfter(next, part),
    ...{ seats, waiting, left },
  };
}

/** The seats of other spellings that are likely the same user, as far as names are in memory; a guess to look at. */
export async function otherSpellings(
  who: Principal,
  subject: string,
  { patience }: Patience,
): Promise<ListedUserSeat[]> {
  const key = personKey(foldSubject(subject));
  const part = key.slice(key.lastIndexOf("\\") + 1);
  if (part === "") return [];
  const { licenses } = await scopedNames(who, patience);
  const seats: UserFound<LiveSeat>["seats"] = [];
  for (const { license, matching, seats: of, names } of licenses)
    eachMatch(names, part, (at) => {
      const seat = of[at];
      if (!seat || personKey(seat.folded) !== key) return;
      if (subjectKey(seat.subject, matching) === subjectKey(subject, matching)) return;
      seats.push({ license, matching, seat });
    });
  const [user] = await listed([{ subject, seats: seats.slice(0, MOST_OTHERS) }]);
  return user?.seats ?? [];
}

const MOST_OTHERS = 50;

const READ_USES = {
  name: "users_uses",
  text: `SELECT a.license, a.instance::text, a.last_used FROM unnest($1::text[], $2::bigint[]) AS w(license, instance)
    JOIN assignment a ON a.license = w.license AND a.instance = w.instance WHERE a.last_used IS NOT NULL`,
};
type Use = { license: string; instance: string; last_used: string };

async function listed(users: readonly UserFound<LiveSeat>[]): Promise<ListedUser[]> {
  const seats = users.flatMap((user) => user.seats);
  const [{ licenses, allotmentName }, uses] = await Promise.all([
    userLicenses(seats.map(({ license }) => license)),
    store().sql.query<Use>(READ_USES, [
      seats.map(({ license }) => license),
      seats.map(({ seat }) => seat.instance),
    ]),
  ]);
  const customers = new Map(licenses.map(({ number, customer }) => [number, customer.name]));
  const usedOn = new Map(
    uses.map(({ license, instance, last_used }) => [`${license} ${instance}`, last_used]),
  );
  return users.map(({ subject, seats: of }) => {
    const shown = of.map(({ license, seat: { instance, allotment, subject: spelled } }) => ({
      ...{ license, instance, subject: spelled },
      customer: customers.get(license) ?? "",
      allotment: allotmentName(license, allotment),
      lastUsed: usedOn.get(`${license} ${instance}`) ?? null,
    }));
    return { subject, seats: shown, lastUsed: latestUse(shown) };
  });
}

/** The last day on which any of these seats was used. */
export function latestUse(seats: readonly { lastUsed: string | null }[]): string | null {
  const days = seats.flatMap(({ lastUsed }) => lastUsed ?? []);
  return days.sort().at(-1) ?? null;
}

function cursorAfter(name: string, part: string): string {
  return issuePageToken(LIST, { direction: "next", position: { key: name, id: "" }, asked: part });
}

/** The name after which a page begins; another search's cursor begins it anywhere, so it is refused. */
function afterIn(cursor: string, part: string): string | null {
  const { position, asked } = readPageToken<string>(LIST, cursor);
  if (asked !== part) throw foreignCursor();
  return position.key;
}
