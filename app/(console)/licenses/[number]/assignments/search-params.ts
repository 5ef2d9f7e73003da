import {
  createLoader,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { AssignmentFilter } from "@/server/assignment-list";

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
  sort: parseAsStringLiteral(SORTS).withDefault("-created"),
};

/** What is open beside the list. */
export const placeParams = {
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
  sort,
}: ListParams): AssignmentFilter {
  return {
    ...(q.trim() ? { query: q.trim() } : {}),
    ...(allotment ? { allotment } : {}),
    ...(state ? { state } : {}),
    ...(source ? { source } : {}),
    ...(idle !== null && idle >= 0 ? { idle: Math.min(idle, 36_500) } : {}),
    ...(spelling ? { spellings: true } : {}),
    ...(sort === "-created" ? {} : { sort }),
  };
}

/** How many filters narrow the list. */
export function narrowing(params: ListParams): number {
  const { sort: _, ...filter } = filterOf(params);
  return Object.keys(filter).length;
}

/** The address of the list, with nothing in it that is not said. */
export function searchOf({ q, allotment, state, source, idle, spelling, sort }: ListParams): URLSearchParams {
  const said = {
    q,
    allotment,
    state,
    source,
    idle,
    spelling: spelling || null,
    sort: sort === "-created" ? null : sort,
  };
  return new URLSearchParams(
    Object.entries(said).flatMap(([key, value]) =>
      value === null || value === "" ? [] : [[key, String(value)]],
    ),
  );
}
