import type { ListedUser, UserList } from "@/server/users/user-search";

/** How many users a page shows. */
export const PAGE = 50;

/** A user in the list as it is sent to the browser; `href` names a seat, never the user. */
export type UserRow = {
  subject: string;
  href: string;
  seats: number;
  /** The names of the allotments, each once. */
  allotments: string[];
  /** The licenses with their customers, each once. */
  licenses: { number: string; customer: string }[];
  lastUsed: string | null;
};

export type UserPage = Omit<UserList, "items"> & { rows: UserRow[] };

export function userPage({ items, ...list }: UserList): UserPage {
  return { ...list, rows: items.map(userRow) };
}

/** The address of the user who holds a seat. */
export function userHref({ license, instance }: { license: string; instance: string }): string {
  return `/users/${license}/${instance}`;
}

export function userRow({ subject, seats, lastUsed }: ListedUser): UserRow {
  const customers = new Map(seats.map(({ license, customer }) => [license, customer]));
  const [first] = seats;
  return {
    ...{ subject, lastUsed },
    href: first ? userHref(first) : "/users",
    seats: seats.length,
    allotments: [...new Set(seats.map(({ allotment }) => allotment))],
    licenses: [...customers].map(([number, customer]) => ({ number, customer })),
  };
}
