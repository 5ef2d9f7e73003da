import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type SearchParams,
} from "nuqs/server";
import { columnsParam, knowsColumns } from "@/app/(console)/_list/columns-param";
import { unknownIn } from "@/app/(console)/_list/unknown-in";
import { ORIGIN } from "@/domain/view-search";
import type { AssignmentFilter } from "@/server/assignments/lists/assignment-list";

const SORTS = [
  "created",
  "-created",
  "subject",
  "-subject",
  "allotment",
  "-allotment",
  "lastUsed",
  "-lastUsed",
] as const;
export type Sort = (typeof SORTS)[number];

/** The filters and the sort of the list. */
export const listParams = {
  q: parseAsString.withDefault(""),
  allotment: parseAsString.withDefault(""),
  state: parseAsStringLiteral(["active", "excess"] as const),
  source: parseAsString.withDefault(""),
  idle: parseAsInteger,
  spelling: parseAsBoolean.withDefault(false),
  orphan: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(SORTS).withDefault("-created"),
};

/** The columns beside the user; the first five are the default. */
export const COLUMN_IDS = [
  "allotment",
  "state",
  "deployment",
  "created",
  "lastUsed",
  "instance",
  "version",
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];
const USUAL_COLUMNS = COLUMN_IDS.slice(0, 5);

/**
 * The open seat, the columns, the view that the list started from, and the prefilled user and allotment of the form.
 */
export const positionParams = {
  cols: columnsParam<ColumnId>(COLUMN_IDS, USUAL_COLUMNS),
  [ORIGIN]: parseAsString,
  open: parseAsString,
  assign: parseAsBoolean.withDefault(false),
  subject: parseAsString.withDefault(""),
  into: parseAsString.withDefault(""),
};

const address = { ...listParams, ...positionParams, cursor: parseAsString };
const listSearch = createSerializer(listParams);
const serialize = createSerializer(address);

export const loadParams = createLoader({
  ...address,
  view: parseAsStringLiteral(["rejected", "released"] as const),
});

export type Params = Awaited<ReturnType<typeof loadParams>>;
export type ListParams = Pick<Params, keyof typeof listParams>;

export function filterOf({
  q,
  allotment,
  state,
  source,
  idle,
  spelling,
  orphan,
  sort,
}: ListParams): AssignmentFilter {
  return {
    ...(q.trim() ? { query: q.trim() } : {}),
    ...(allotment ? { allotment } : {}),
    ...(state ? { state } : {}),
    ...(source ? { source } : {}),
    ...(idle !== null && idle >= 0 ? { idle: Math.min(idle, 36_500) } : {}),
    ...(spelling ? { spellings: true } : {}),
    ...(orphan ? { orphans: true } : {}),
    ...(sort === "-created" ? {} : { sort }),
  };
}

/** How many filters are set. */
export function narrowing(params: ListParams): number {
  const { sort: _, ...filter } = filterOf(params);
  return Object.keys(filter).length;
}

/** How many filters in the URL are unknown and were ignored. */
export function unknownFilters(address: SearchParams, params: Params): number {
  const plain = unknownIn(address, params, ["state", "spelling", "orphan", "sort", "view"]);
  const isIdleUnknown = Boolean(address.idle) && (params.idle === null || params.idle < 0);
  const areColsUnknown = Boolean(address.cols) && !knowsColumns(COLUMN_IDS, String(address.cols));
  return plain + Number(isIdleUnknown) + Number(areColsUnknown);
}

/** The filters and the sort as URL parameters. */
export function searchOf(params: ListParams): URLSearchParams {
  return new URLSearchParams(listSearch(params));
}

/** The URL of a list; default values are left out. */
export function hrefOf(list: string, said: Partial<inferParserType<typeof address>>): string {
  return `${list}${serialize(said)}`;
}
