import type { SubjectMatching } from "@/domain/assignments/subject";
import { nothingHere } from "@/domain/refusals/refusal";
import type { GroupMapping, ScimSettings } from "@/domain/scim/scim-connection";
import type { ApiToken, ScimConnection as Row } from "@/prisma/client/client";
import { licenseScope, type Principal } from "@/server/access/gate";
import { principalOfRow } from "@/server/identity/tokens";
import type { Sql } from "@/server/store/sql";
import { store, type Tx } from "@/server/store/store";

/** A connection as its requests and jobs use it. */
export type Connection = ScimSettings & { id: string; scope: Principal };

/** A license that a connection reaches, and how it compares subjects. */
export type ReachedLicense = { number: string; matching: SubjectMatching; hasHashes: boolean };

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

/** The licenses that a connection reaches, in the order of their locks. */
export async function reachedLicenses({ scope }: Connection): Promise<ReachedLicense[]> {
  const rows = await store().db.license.findMany({
    where: licenseScope(scope),
    select: { number: true, subjectMatching: true, offlineHashes: true },
    orderBy: { number: "asc" },
  });
  return rows.map(({ number, subjectMatching: matching, offlineHashes: hasHashes }) => ({
    ...{ number, matching, hasHashes },
  }));
}

/** Takes the lock under which users and groups of a connection change, and reads its settings. */
export async function lockConnection(tx: Tx, { id, scope }: Connection): Promise<Connection> {
  await tx.$queryRaw`SELECT 1 FROM scim_connection WHERE token = ${id}::uuid FOR NO KEY UPDATE`;
  const row = await tx.scimConnection.findUnique({ where: { token: id } });
  if (!row) throw nothingHere();
  return connectionOf(row, scope);
}

const LOCK = {
  name: "scim_connection_lock",
  text: "SELECT 1 FROM scim_connection WHERE token = $1 FOR NO KEY UPDATE",
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
