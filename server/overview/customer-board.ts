import { foldSubject } from "@/domain/assignments/subject";
import { LICENSE_STATES, type LicenseState, worstState } from "@/domain/licenses/license-state";
import { rightOf } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import {
  type CustomerSummary,
  countCustomers,
  customersCalled,
  listCustomers,
} from "@/server/licenses/customers";
import { type Page, type Slice, sortedPage, WHOLE } from "@/server/store/cursor";
import { store } from "@/server/store/store";
import { type BoardRow, wholeBoard } from "./license-board";

/** A customer as the console lists it. */
export type CustomerRow = CustomerSummary & {
  /** The worst state of its licenses in use, otherwise of the stopped or expired ones; null without any. */
  worst: LicenseState | null;
  /** How many people are limited to it and perhaps others; null for principals who may not know. */
  people: number | null;
};

type CustomerSort = "name" | "worst" | "licenses" | "created";
export type CustomerFilter = {
  /** A part of the name. */
  query?: string;
  sort?: CustomerSort | `-${CustomerSort}`;
};

type Board = Page<CustomerRow> & { total: number };

/** One page of the customers that a principal can see, by name unless sorted otherwise, and how many match. */
export function customerBoard(
  principal: Principal,
  { query = "", sort = "name", ...slice }: CustomerFilter & Slice,
  now: Date,
): Promise<Board> {
  return sort === "name"
    ? pageByName(principal, { query, ...slice }, now)
    : pageOfAll(principal, { query, sort, ...slice }, now);
}

/** All pages of a filter, for an export. */
export async function* customerPages(
  principal: Principal,
  filter: CustomerFilter,
  now: Date,
): AsyncGenerator<CustomerRow[]> {
  const slice = (filter.sort ?? "name") === "name" ? { limit: 500 } : WHOLE;
  let cursor: string | undefined;
  do {
    const page = await customerBoard(principal, { ...filter, ...slice, cursor }, now);
    yield page.items;
    cursor = page.cursor ?? undefined;
  } while (cursor);
}

async function pageByName(principal: Principal, asked: Slice & { query: string }, now: Date): Promise<Board> {
  const [{ items, cursor }, total] = await Promise.all([
    listCustomers(principal, asked),
    countCustomers(principal, asked.query),
  ]);
  return { items: await customerRows(principal, items, now), cursor, total };
}

/** Sorted by a value that is computed from the licenses: all matching customers are read. */
async function pageOfAll(
  principal: Principal,
  { query, sort, ...slice }: Slice & Required<CustomerFilter>,
  now: Date,
): Promise<Board> {
  const rows = await customerRows(principal, await customersCalled(principal, query), now);
  const page = sortedPage(rows, slice, ["customer board", query], { sort, keys: KEYS, idOf: ({ id }) => id });
  return { ...page, total: rows.length };
}

const KEYS: Record<CustomerSort, (row: CustomerRow) => string | null> = {
  name: ({ name }) => foldSubject(name),
  worst: ({ name, worst }) =>
    worst && `${`${LICENSE_STATES.indexOf(worst)}`.padStart(2, "0")} ${foldSubject(name)}`,
  licenses: ({ licenses }) => String(licenses).padStart(12, "0"),
  created: ({ created }) => created.toISOString(),
};

async function customerRows(
  principal: Principal,
  customers: readonly CustomerSummary[],
  now: Date,
): Promise<CustomerRow[]> {
  const ids = customers.map(({ id }) => id);
  const [licenses, people] = await Promise.all([
    wholeBoard(principal, { customers: ids }, now),
    rightOf(principal.role, "people.read") === "yes" ? peopleOf(ids) : null,
  ]);
  const licensesOf = new Map<string, BoardRow[]>(ids.map((id) => [id, []]));
  for (const license of licenses) licensesOf.get(license.customer.id)?.push(license);
  return customers.map((customer) => {
    const { id } = customer;
    return {
      ...customer,
      worst: worstOf(licensesOf.get(id) ?? []),
      people: people && (people.get(id) ?? 0),
    };
  });
}

function worstOf(licenses: readonly BoardRow[]): LicenseState | null {
  const isInUse = ({ status, standing }: BoardRow) => status === "active" && standing !== "expired";
  const counted = licenses.some(isInUse) ? licenses.filter(isInUse) : licenses;
  return counted.length > 0 ? worstState(counted.flatMap(({ states }) => states)) : null;
}

async function peopleOf(customers: string[]): Promise<Map<string, number>> {
  const rows = await store().db.customerUser.groupBy({
    by: ["customerId"],
    where: { customerId: { in: customers } },
    _count: true,
  });
  return new Map(rows.map(({ customerId, _count }) => [customerId, _count]));
}
