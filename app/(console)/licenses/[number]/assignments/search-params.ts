import {
  createLoader,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { AssignmentFilter } from "@/server/assignment-list";
import { columnsParam } from "../../../columns-param";

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

/** What narrows and orders the list. */
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

/** What can stand beside the subject; the first five do, unless others are asked for. */
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

/** What is open beside the list, and which columns it has. */
export const placeParams = {
  cols: columnsParam<ColumnId>(COLUMN_IDS, USUAL_COLUMNS),
  open: parseAsString,
  assign: parseAsBoolean.withDefault(false),
};

export const loadParams = createLoader({
  ...listParams,
  ...placeParams,
  view: parseAsStringLiteral(["rejected", "released"] as const),
  cursor: parseAsString,
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

/** How many filters narrow the list. */
export function narrowing(params: ListParams): number {
  const { sort: _, ...filter } = filterOf(params);
  return Object.keys(filter).length;
}

/** The address of the list, with nothing in it that is not said. */
export function searchOf(params: ListParams): URLSearchParams {
  const { q, allotment, state, source, idle, spelling, orphan, sort } = params;
  const said = {
    q,
    allotment,
    state,
    source,
    idle,
    spelling: spelling || null,
    orphan: orphan || null,
    sort: sort === "-created" ? null : sort,
  };
  return new URLSearchParams(
    Object.entries(said).flatMap(([key, value]) =>
      value === null || value === "" ? [] : [[key, String(value)]],
    ),
  );
}
