import { nothingHere } from "@/domain/refusals/refusal";
import type { GroupMapping, ScimSettings } from "@/domain/scim/scim-connection";
import type { ApiToken, ScimConnection as Row } from "@/prisma/client/client";
import type { Principal } from "@/server/access/gate";
import { sqlOnPrisma } from "@/server/audit/audit";
import { principalOfRow } from "@/server/identity/tokens";
import type { Sql } from "@/server/store/sql";
import { store, type Tx } from "@/server/store/store";

/** A connection as its requests and jobs use it. */
export type Connection = ScimSettings & { id: string; scope: Principal };

/** The connection of a token; null for a token that isn't one. */
export async function findConnection(scope: Principal): Promise<Connection | null> {
  const row = await store().db.scimConnection.findFirst({ where: { token: scope.id } });
  return row && connectionOf(row, scope);
}

/** The connections whose tokens are in use. */
export async function connectionsInUse(now: Date): Promise<Connection[]> {
  const { db } = store();
  const rows = await db.scimConnection.findMany({ orderBy: { token: "asc" } });
  const ids = rows.map(({ token }) => token);
  const tokens = await db.apiToken.findMany({ where: { id: { in: ids }, revokedAt: null } });
  const used = new Map(tokens.filter((token) => !isOver(token, now)).map((token) => [token.id, token]));
  return rows.flatMap((row) => {
    const token = used.get(row.token);
    return token ? [connectionOf(row, principalOfRow(token))] : [];
  });
}

/** Takes the lock under which users and groups of a connection change, and reads its settings. */
export async function lockConnection(tx: Tx, { id, scope }: Connection): Promise<Connection> {
  const row = await lockedRow(tx, id);
  if (!row) throw nothingHere();
  return connectionOf(row, scope);
}

/** The row of a connection under its lock; null if it was removed. */
export async function lockedRow(tx: Tx, id: string): Promise<Row | null> {
  await lockConnectionIn(sqlOnPrisma(tx), id);
  return tx.scimConnection.findUnique({ where: { token: id } });
}

const LOCK = {
  name: "scim_connection_lock",
  text: "SELECT 1 FROM scim_connection WHERE token = $1::uuid FOR NO KEY UPDATE",
};

/** The same lock in a change of a license, whose own lock comes before it. */
export async function lockConnectionIn(tx: Pick<Sql, "query">, id: string): Promise<void> {
  await tx.query(LOCK, [id]);
}

function connectionOf(row: Row, scope: Principal): Connection {
  return { id: row.token, scope, ...settingsOf(row) };
}

export function settingsOf({ subject, groups, isReport }: Row): ScimSettings {
  return { subject, groups: groups as GroupMapping[], report: isReport }; // as `connections.ts` writes them
}

function isOver({ expiresAt }: ApiToken, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}
