import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { ROLES } from "@/domain/roles";
import type { PeopleFilter } from "@/server/people-list";

const peopleParams = {
  q: parseAsString,
  role: parseAsStringLiteral(ROLES),
  factor: parseAsStringLiteral(["on", "off"]),
  customer: parseAsString,
  cursor: parseAsString,
  open: parseAsString,
};

export type PeopleParams = inferParserType<typeof peopleParams>;

export const loadPeopleParams = createLoader(peopleParams);
const serialize = createSerializer(peopleParams);

/** The address of the list as it is asked for, with some of it changed. */
export function peopleHref(asked: PeopleParams, change: Partial<PeopleParams>): string {
  const { customer, ...rest } = { ...asked, ...change };
  return serialize("/users", { ...rest, customer: customer || null });
}

export function filterOf({ q, role, factor, customer }: PeopleParams): PeopleFilter {
  return {
    ...(q ? { query: q.trim() } : {}),
    ...(role ? { role } : {}),
    ...(factor ? { secondFactor: factor } : {}),
    ...(customer ? { customer } : {}),
  };
}
