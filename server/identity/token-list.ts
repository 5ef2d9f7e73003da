import type { Role } from "@/domain/roles";
import type { ApiToken, Prisma } from "@/prisma/client/client";
import type { Principal } from "@/server/access/gate";
import { literal, type Page, type Slice, sortedPage } from "@/server/store/cursor";
import { store } from "@/server/store/store";
import { summaryOf, type TokenSummary, tokenScope } from "./tokens";

type TokenSort = "name" | "created" | "used" | "ends";

export type TokenFilter = {
  /** A part of the name. */
  query?: string;
  role?: Role;
  /** A token has ended when its end has come or it was revoked. */
  state?: "in-use" | "ended";
  sort?: TokenSort | `-${TokenSort}`;
};

/** One page of the tokens that a person can see, newest first unless sorted otherwise, and how many match. */
export async function tokenBoard(
  principal: Principal,
  { limit, cursor, sort = "-created", ...filter }: TokenFilter & Slice,
  now: Date,
): Promise<Page<TokenSummary> & { total: number }> {
  const rows = await store().db.apiToken.findMany({
    where: { AND: [tokenScope(principal), tokensWhere(filter, now)] },
  });
  const sorting = { sort, keys: KEYS, idOf: ({ id }: ApiToken) => id };
  const page = sortedPage(rows, { limit, cursor }, ["token board", filter], sorting);
  return { items: page.items.map(summaryOf), cursor: page.cursor, total: rows.length };
}

function tokensWhere({ query, role, state }: TokenFilter, now: Date): Prisma.ApiTokenWhereInput {
  const ended = { OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] };
  const inUse = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  return {
    role,
    ...(query ? { name: { contains: literal(query), mode: "insensitive" } } : {}),
    ...(state ? { AND: state === "ended" ? ended : inUse } : {}),
  };
}

const KEYS: Record<TokenSort, (row: ApiToken) => string | null> = {
  name: ({ name }) => name.toLowerCase(),
  created: ({ createdAt }) => createdAt.toISOString(),
  used: ({ lastUsedAt }) => lastUsedAt?.toISOString() ?? null,
  ends: ({ expiresAt, revokedAt }) => (revokedAt ?? expiresAt)?.toISOString() ?? null,
};
