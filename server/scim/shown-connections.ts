import type { ScimSettings } from "@/domain/scim/scim-connection";
import { summaryOf, type TokenSummary } from "@/server/identity/tokens";
import { store } from "@/server/store/store";
import { settingsOf } from "./connection";

/** A connection as it leaves the server: its token without the text, its settings, and how much it has. */
export type ScimConnection = Omit<TokenSummary, "role"> &
  ScimSettings & { users: number; inactive: number; grants: MappedSeats[] };

/** How many members of mapped groups are in a state, by license and key of the allotment. */
type MappedSeats = { license: string; allotment: string; state: string; count: number };

/** Connections in the order of their ids; one that is gone is left out. */
export async function shownConnections(ids: string[]): Promise<ScimConnection[]> {
  const { db } = store();
  const [rows, tokens, users, grants] = await Promise.all([
    db.scimConnection.findMany({ where: { token: { in: ids } } }),
    db.apiToken.findMany({ where: { id: { in: ids } } }),
    userCounts(ids),
    mappedSeats(ids),
  ]);
  return ids.flatMap((id) => {
    const row = rows.find(({ token }) => token === id);
    const token = tokens.find((one) => one.id === id);
    if (!row || !token) return [];
    const { role: _, ...summary } = summaryOf(token);
    return [{ ...summary, ...settingsOf(row), ...users(id), grants: grants.get(id) ?? [] }];
  });
}

/** How many users connections have, and how many of them are inactive. */
async function userCounts(ids: string[]) {
  const counts = await store().db.scimUser.groupBy({
    by: ["connectionId", "isActive"],
    where: { connectionId: { in: ids }, deletedAt: null },
    _count: true,
  });
  return (id: string) => {
    const own = counts.filter(({ connectionId }) => connectionId === id);
    const inactive = own.find(({ isActive }) => !isActive)?._count ?? 0;
    return { users: own.reduce((sum, { _count }) => sum + _count, 0), inactive };
  };
}

async function mappedSeats(ids: string[]): Promise<Map<string, MappedSeats[]>> {
  const groups = await store().db.scimGrant.groupBy({
    by: ["connection", "license", "allotment", "state"],
    where: { connection: { in: ids } },
    _count: true,
    orderBy: { license: "asc" },
  });
  const seats = new Map<string, MappedSeats[]>();
  for (const { connection, _count: count, ...grant } of groups)
    seats.set(connection, [...(seats.get(connection) ?? []), { ...grant, count }]);
  return seats;
}
