import { foldSubject } from "@/domain/assignments/subject";
import { nothingHere } from "@/domain/refusals/refusal";
import { isRole, ROLES, type Role } from "@/domain/roles";
import type { Prisma } from "@/prisma/client/client";
import { literal, type Page, type Slice, sortedPage } from "@/server/store/cursor";
import { store } from "@/server/store/store";

export type Person = {
  id: string;
  name: string;
  email: string;
  role: Role;
  customers: { id: string; name: string }[];
  secondFactor: boolean;
  created: Date;
  lastSeen: Date | null;
  /** Open sessions, and tokens created by this person that weren't revoked. */
  sessions: number;
  tokens: number;
};

type PeopleSort = "name" | "role" | "seen" | "created";

/** The filters of people: a part of the name or address, a role, a customer, or a missing second factor. */
export type PeopleFilter = {
  query?: string;
  role?: Role;
  customer?: string;
  secondFactor?: "on" | "off";
  sort?: PeopleSort | `-${PeopleSort}`;
};

/**
 * One page of the people who can sign in, by name unless sorted otherwise, and how many match. All of them are read,
 * because the last activity is computed.
 */
export async function listPeople(
  { sort = "name", ...filter }: PeopleFilter,
  slice: Slice,
  now: Date,
): Promise<Page<Person> & { total: number }> {
  const rows = await store().db.user.findMany({ where: peopleWhere(filter), include: WITH_SCOPE(now) });
  const page = sortedPage(rows, slice, ["people", filter], { sort, keys: KEYS, idOf: ({ id }) => id });
  const tokens = await tokensBy(page.items.map(({ id }) => id));
  return { items: page.items.map((row) => personIn(row, tokens)), cursor: page.cursor, total: rows.length };
}

/** One person; null for a removed one. */
export async function findPerson(id: string, now: Date): Promise<Person | null> {
  const row = await store().db.user.findFirst({
    where: { id, removedAt: null },
    include: WITH_SCOPE(now),
  });
  return row && personIn(row, await tokensBy([id]));
}

export async function personById(id: string, now: Date): Promise<Person> {
  const person = await findPerson(id, now);
  if (!person) throw nothingHere();
  return person;
}

function peopleWhere({ query = "", role, customer, secondFactor }: PeopleFilter): Prisma.UserWhereInput {
  const contains = { contains: literal(query), mode: "insensitive" } as const;
  return {
    removedAt: null,
    role,
    ...(query ? { OR: [{ name: contains }, { email: contains }] } : {}),
    ...(customer ? { customers: { some: { customerId: customer } } } : {}),
    ...(secondFactor ? { twoFactorEnabled: secondFactor === "on" } : {}),
  };
}

const ORDER: readonly string[] = ROLES;

const KEYS: Record<PeopleSort, (row: Row) => string | null> = {
  name: ({ name }) => foldSubject(name),
  role: ({ role, name }) => `${ORDER.indexOf(role ?? "")} ${foldSubject(name)}`,
  seen: (row) => lastSeenOf(row)?.toISOString() ?? null,
  created: ({ createdAt }) => createdAt.toISOString(),
};

const WITH_SCOPE = (now: Date) =>
  ({
    customers: {
      include: { customer: { select: { id: true, name: true } } },
      orderBy: { customerId: "asc" },
    },
    sessions: { select: { updatedAt: true }, orderBy: { updatedAt: "desc" }, take: 1 },
    _count: { select: { sessions: { where: { expiresAt: { gt: now } } } } },
  }) satisfies Prisma.UserInclude;

type Row = Prisma.UserGetPayload<{ include: ReturnType<typeof WITH_SCOPE> }>;

async function tokensBy(ids: string[]): Promise<Map<string, number>> {
  const groups = await store().db.apiToken.groupBy({
    by: ["createdBy"],
    where: { createdBy: { in: ids }, revokedAt: null },
    _count: true,
  });
  return new Map(groups.map(({ createdBy, _count }) => [createdBy, _count]));
}

function personIn(row: Row, tokens: Map<string, number>): Person {
  const { id, name, email, role, customers, twoFactorEnabled, createdAt, _count } = row;
  if (!isRole(role)) throw new Error(`Person ${id} has the role ${role}.`);
  return {
    ...{ id, name, email, role, created: createdAt, lastSeen: lastSeenOf(row) },
    customers: customers.map(({ customer }) => customer),
    secondFactor: twoFactorEnabled === true,
    sessions: _count.sessions,
    tokens: tokens.get(id) ?? 0,
  };
}

/** The row is updated every few minutes; a sign-in since then is newer. */
function lastSeenOf({ lastSeenAt, sessions }: Row): Date | null {
  const latest = sessions[0]?.updatedAt ?? null;
  return latest && (!lastSeenAt || latest > lastSeenAt) ? latest : lastSeenAt;
}
