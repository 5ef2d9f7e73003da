import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ROLES } from "@/domain/roles";
import type { TokenFilter } from "@/server/identity/token-list";

const TOKEN_SORTS = [
  "name",
  "-name",
  "created",
  "-created",
  "used",
  "-used",
  "ends",
  "-ends",
] as const satisfies TokenFilter["sort"][];

const tokenParams = {
  q: parseAsString.withDefault(""),
  role: parseAsStringLiteral(ROLES),
  state: parseAsStringLiteral(["in-use", "ended"] as const satisfies TokenFilter["state"][]),
  sort: parseAsStringLiteral(TOKEN_SORTS).withDefault("-created"),
  cursor: parseAsString,
};

export const loadTokenParams = createLoader(tokenParams);
export const tokenSearch = createSerializer(tokenParams);
export type TokenParams = Awaited<ReturnType<typeof loadTokenParams>>;

export function filterOf({ q, role, state, sort }: TokenParams): TokenFilter {
  return {
    query: q.trim().slice(0, 200) || undefined,
    role: role ?? undefined,
    state: state ?? undefined,
    sort,
  };
}

/** How many filters are set. */
export function narrowing({ q, role, state }: TokenParams): number {
  return [q.trim(), role, state].filter(Boolean).length;
}
