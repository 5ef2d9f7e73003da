import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
  type SearchParams,
} from "nuqs/server";
import { knowsColumns } from "@/app/(console)/_list/columns-param";
import { LICENSE_CONDITIONS } from "@/domain/licenses/license-condition";
import { LICENSE_STATES } from "@/domain/licenses/license-state";
import { DAY, monthEnd, monthStart, parseMonth } from "@/domain/month";
import { ORIGIN } from "@/domain/view-search";
import { BOARD_SORTS, type BoardFilter } from "@/server/overview/license-board";
import { COLUMN_IDS, cols } from "./columns";

export type { SearchParams };

const MOST_DAYS = 3650;

/** The filter for the end: a number of days from now, or the month of the last day. */
const end = createParser({
  parse: (text) =>
    parseMonth(text) || (/^[1-9][0-9]{0,3}$/.test(text) && Number(text) <= MOST_DAYS) ? text : null,
  serialize: String,
});

const SORTS = BOARD_SORTS.flatMap((sort) => [sort, `-${sort}`] as const);
const FIRST_SORT = "-created";

const params = {
  q: parseAsString.withDefault(""),
  status: parseAsStringLiteral(["active", "suspended", "revoked"] as const),
  product: parseAsString,
  customer: parseAsString,
  state: parseAsStringLiteral(LICENSE_STATES),
  ends: end,
  excess: parseAsStringLiteral(["true"] as const),
  silent: parseAsStringLiteral(["true"] as const),
  view: parseAsStringLiteral(LICENSE_CONDITIONS),
  sort: parseAsStringLiteral(SORTS).withDefault(FIRST_SORT),
  cols,
  [ORIGIN]: parseAsString,
  cursor: parseAsString,
};

const load = createLoader(params);

export type ListParams = Omit<inferParserType<typeof params>, "cursor">;
type Choices = { products: readonly string[]; customers: readonly { id: string }[] };

/** The filters in the URL, and how many of them are unknown and were ignored. */
export function readParams(address: SearchParams, choices: Choices) {
  const { cursor, ...said } = load(address);
  const read: ListParams = {
    ...said,
    q: said.q.trim().slice(0, 200),
    customer: choices.customers.some(({ id }) => id === said.customer) ? said.customer : null,
    product: choices.products.some((known) => known === said.product) ? said.product : null,
  };
  const unknown = Object.keys(params).filter((name) => {
    if (name === "cursor" || name === "q" || name === ORIGIN) return false;
    return Boolean(address[name]) && !isRead(name, address[name], read);
  });
  return { cursor, params: read, unknown: unknown.length };
}

function isRead(name: string, text: SearchParams[string], read: ListParams): boolean {
  if (name === "sort") return read.sort === text;
  if (name === "cols") return knowsColumns(COLUMN_IDS, String(text));
  return read[name as keyof ListParams] !== null;
}

export function filterOf(list: ListParams, now: Date): BoardFilter {
  const { q, status, product, customer, state, ends, excess, silent, view, sort } = list;
  return {
    query: q || undefined,
    status: status ?? undefined,
    product: product ?? undefined,
    customer: customer ?? undefined,
    state: state ?? undefined,
    ends: ends ? endsIn(ends, now) : undefined,
    excess: excess === "true",
    silent: silent === "true",
    condition: view ?? undefined,
    sort,
  };
}

/** How many filters are set. */
export function narrowing({ sort: _, cols: __, origin: ___, ...filter }: ListParams): number {
  return Object.values(filter).filter(Boolean).length;
}

/** The URL of a list, without default values; `change` overrides parameters. */
export function listHref(
  path: string,
  list: ListParams,
  change: Partial<ListParams> & { cursor?: string | null } = {},
) {
  const { cols: columns, ...rest } = { ...list, ...change };
  const said = Object.entries(rest).flatMap(([name, value]) =>
    !value || (name === "sort" && value === FIRST_SORT) ? [] : [[name, String(value)]],
  );
  if (!isUsual(columns)) said.push(["cols", cols.serialize(columns)]);
  return said.length > 0 ? `${path}?${new URLSearchParams(said)}` : path;
}

function isUsual(columns: ListParams["cols"]): boolean {
  return cols.eq(columns, cols.defaultValue);
}

/**
 * Turns the filter into a range of moments. A validity ends at the midnight after its last day, while people name that
 * day.
 */
function endsIn(text: string, now: Date): BoardFilter["ends"] {
  if (!parseMonth(text)) return { from: now, before: new Date(now.getTime() + Number(text) * DAY) };
  const after = (at: Date) => new Date(at.getTime() + DAY);
  return { from: after(monthStart(text)), before: after(monthEnd(text)) };
}
