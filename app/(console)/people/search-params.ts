import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { ROLES } from "@/domain/roles";
import type { PeopleFilter } from "@/server/identity/people-list";

const PEOPLE_SORTS = [
  "name",
  "-name",
  "role",
  "-role",
  "seen",
  "-seen",
  "created",
  "-created",
] as const satisfies PeopleFilter["sort"][];

/** Whether people have an account, or an open invitation. */
const PEOPLE_STATES = ["come", "invited"] as const;

const peopleParams = {
  q: parseAsString.withDefault(""),
  role: parseAsStringLiteral(ROLES),
  state: parseAsStringLiteral(PEOPLE_STATES),
  factor: parseAsStringLiteral(["on", "off"]),
  customer: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(PEOPLE_SORTS).withDefault("name"),
  cursor: parseAsString,
  open: parseAsString,
};

export type PeopleParams = inferParserType<typeof peopleParams>;

export const loadPeopleParams = createLoader(peopleParams);
const serialize = createSerializer(peopleParams);

/** The URL of the current list with changes. */
export function peopleHref(asked: PeopleParams, change: Partial<PeopleParams>, path = "/people"): string {
  return serialize(path, { ...asked, ...change });
}

export function filterOf({ q, role, factor, customer, sort }: PeopleParams): PeopleFilter {
  return {
    query: q.trim() || undefined,
    role: role ?? undefined,
    secondFactor: factor ?? undefined,
    customer: customer || undefined,
    sort,
  };
}

/** How many filters are set. */
export function narrowing({ q, role, state, factor, customer }: PeopleParams): number {
  return [q.trim(), role, state, factor, customer].filter(Boolean).length;
}
