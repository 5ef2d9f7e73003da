import { conditionOf, type LicenseCondition } from "@/domain/licenses/license-condition";
import type { LicenseState } from "@/domain/licenses/license-state";
import { type LicenseHealth, mostUsed, statesOf } from "@/domain/licenses/license-summary";
import type { Principal } from "@/server/access/gate";
import type { LicenseSummary } from "@/server/licenses/license";
import { type LicenseFilter, licensesWhere, listLicenses, summariesOf } from "@/server/licenses/license-list";
import { type Page, type Slice, sortedPage } from "@/server/store/cursor";
import { reading } from "@/server/store/store";
import { licenseHealthsOf } from "./license-summaries";

/** A license with its health: a row of the console's list. */
export type BoardRow = LicenseSummary & { glance: LicenseHealth; states: LicenseState[] };

export const BOARD_SORTS = ["number", "customer", "ends", "created", "contact", "used"] as const;
type BoardSort = (typeof BOARD_SORTS)[number];

/** Filters beyond the stored columns are computed from each license's health. */
export type BoardFilter = Omit<LicenseFilter, "sort"> & {
  /** The worst state. */
  state?: LicenseState;
  /** Whether it is in these states, beside others. */
  excess?: boolean;
  silent?: boolean;
  condition?: LicenseCondition;
  sort?: BoardSort | `-${BoardSort}`;
};

type Board = Page<BoardRow> & { total: number };

/** One page of the licenses that a principal can see, and how many match. */
export async function licenseBoard(
  principal: Principal,
  { limit, cursor, ...filter }: BoardFilter & Slice,
  now: Date,
): Promise<Board> {
  const stored = storedPart(filter);
  return stored
    ? storedPage(principal, { ...stored, limit, cursor }, now)
    : workedOutPage(principal, { ...filter, limit, cursor }, now);
}

/** All pages of a filter, for an export. */
export async function* boardPages(
  principal: Principal,
  filter: BoardFilter,
  now: Date,
): AsyncGenerator<BoardRow[]> {
  const limit = storedPart(filter) ? 500 : Number.MAX_SAFE_INTEGER - 1;
  let cursor: string | undefined;
  do {
    const page = await licenseBoard(principal, { ...filter, limit, cursor }, now);
    yield page.items;
    cursor = page.cursor ?? undefined;
  } while (cursor);
}

/** All licenses of a filter with their health, by number. */
export async function wholeBoard(
  principal: Principal,
  filter: LicenseFilter,
  now: Date,
): Promise<BoardRow[]> {
  const rows = await reading().db.license.findMany({
    where: await licensesWhere(principal, filter),
    orderBy: { number: "asc" },
    include: { customer: true },
  });
  return boardRows(await summariesOf(rows, now), now);
}

/** The filter as a database condition; null if some of it has to be computed. */
function storedPart({ state, excess, silent, condition, sort, ...rest }: BoardFilter): LicenseFilter | null {
  if (state || excess || silent || condition) return null;
  if (sort === "used" || sort === "-used" || sort === "contact" || sort === "-contact") return null;
  return { ...rest, sort };
}

async function storedPage(principal: Principal, filter: LicenseFilter & Slice, now: Date): Promise<Board> {
  const [page, total] = await Promise.all([
    listLicenses(principal, filter, now),
    reading().db.license.count({ where: await licensesWhere(principal, filter) }),
  ]);
  return { items: await boardRows(page.items, now), cursor: page.cursor, total };
}

async function workedOutPage(
  principal: Principal,
  { limit, cursor, ...filter }: BoardFilter & Slice,
  now: Date,
): Promise<Board> {
  const sort = filter.sort ?? "-created";
  const rows = await wholeBoard(principal, { ...filter, sort: undefined }, now);
  const found = rows.filter((row) => holds(row, filter, now));
  const sorting = { sort, keys: KEYS, idOf: ({ number }: BoardRow) => number };
  const page = sortedPage(found, { limit, cursor }, ["board", filter], sorting);
  return { ...page, total: found.length };
}

function holds({ states, glance }: BoardRow, filter: BoardFilter, now: Date): boolean {
  const { state, excess, silent, condition } = filter;
  if (state && states[0] !== state) return false;
  if (excess && !states.includes("excess")) return false;
  if (silent && !states.includes("silent")) return false;
  return !condition || conditionOf(glance, now) === condition;
}

async function boardRows(licenses: LicenseSummary[], now: Date): Promise<BoardRow[]> {
  const glances = await licenseHealthsOf(
    licenses.map(({ number }) => number),
    now,
  );
  return licenses.flatMap((license) => {
    const glance = glances.get(license.number);
    return glance ? [{ ...license, glance, states: statesOf(glance) }] : [];
  });
}

const KEYS: Record<BoardSort, (row: BoardRow) => string | null> = {
  number: ({ number }) => number,
  customer: ({ customer }) => customer.name.toLowerCase(),
  ends: ({ glance }) => glance.endsAt?.toISOString() ?? null,
  created: ({ created }) => created.toISOString(),
  contact: ({ glance }) => glance.contact?.toISOString() ?? null,
  used: ({ glance }) => digitsOf(mostUsed(glance)),
};

/** A share as text that sorts like the number. */
function digitsOf(share: number | null): string | null {
  return share === null ? null : share.toFixed(6).padStart(24, "0");
}
