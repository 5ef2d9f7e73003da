import type { MemberChange } from "@/domain/scim/member-change";
import { isUuid } from "@/domain/uuid";
import { Prisma } from "@/prisma/client/client";
import { store, type Tx } from "@/server/store/store";
import type { Connection } from "./connection";
import { decryptResource, scimKeys } from "./scim-keys";

/** Who joined a group and who left it, by user id; `unknown` are ids that no user of the connection has. */
export type Membership = { joined: string[]; left: string[]; unknown: string[] };

export type Member = { id: string; name: string };

/** Changes who is in a group. Whoever is in it already doesn't join again, and keeps the position. */
export async function changeMembers(
  tx: Tx,
  connection: Connection,
  group: string,
  { op, ids }: MemberChange,
): Promise<Membership> {
  const named = (ids ?? []).filter((id) => isUuid(id)).map((id) => id.toLowerCase());
  const left = op === "add" ? [] : await leave(tx, group, op, ids === null ? null : named);
  if (op === "remove") return { joined: [], left, unknown: [] };
  const users = await tx.scimUser.findMany({
    where: { connectionId: connection.id, id: { in: named }, deletedAt: null },
    select: { id: true },
  });
  const known = new Set(users.map(({ id }) => id));
  const joined = await join(
    tx,
    connection,
    group,
    named.filter((id) => known.has(id)),
  );
  return { joined, left, unknown: (ids ?? []).filter((id) => !known.has(id.toLowerCase())) };
}

/** The members of a group, in the order in which they joined. */
export async function membersOf(connection: Connection, group: string): Promise<Member[]> {
  const rows = await store().db.scimMember.findMany({
    where: { groupId: group },
    orderBy: { position: "asc" },
    select: { user: { select: { id: true, content: true } } },
  });
  const keys = await scimKeys(connection.id);
  return rows.map(({ user: { id, content } }) => {
    return { id, name: String(decryptResource(keys, "user", id, content).userName) };
  });
}

/** The groups of each of these users, by name. */
export async function groupsOf(
  connection: Connection,
  users: readonly string[],
): Promise<Map<string, Member[]>> {
  const rows = await store().db.scimMember.findMany({
    where: { userId: { in: [...users] } },
    select: { userId: true, group: { select: { id: true, content: true } } },
  });
  const keys = await scimKeys(connection.id);
  const groups = new Map<string, Member[]>();
  for (const { userId, group } of rows) {
    const name = String(decryptResource(keys, "group", group.id, group.content).displayName);
    groups.set(userId, [...(groups.get(userId) ?? []), { id: group.id, name }]);
  }
  return groups;
}

async function leave(
  tx: Tx,
  group: string,
  op: "remove" | "replace",
  ids: string[] | null,
): Promise<string[]> {
  const which =
    ids === null
      ? Prisma.empty
      : op === "remove"
        ? Prisma.sql`AND "user" = ANY (${ids}::uuid[])`
        : Prisma.sql`AND "user" <> ALL (${ids}::uuid[])`;
  const rows = await tx.$queryRaw<{ user: string }[]>`
    DELETE FROM scim_member WHERE "group" = ${group}::uuid ${which} RETURNING "user"::text AS user`;
  return rows.map(({ user }) => user);
}

/** Positions go on from the last one that the connection gave. */
async function join(tx: Tx, { id }: Connection, group: string, users: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ user: string }[]>`
    WITH fresh AS (
      SELECT u.id, u.place FROM unnest(${[...users]}::uuid[]) WITH ORDINALITY AS u(id, place)
      WHERE NOT EXISTS (SELECT FROM scim_member m WHERE m."group" = ${group}::uuid AND m."user" = u.id)
    ), moved AS (
      UPDATE scim_connection SET joined = joined + (SELECT count(*) FROM fresh) WHERE token = ${id}::uuid
      RETURNING joined - (SELECT count(*) FROM fresh) AS before
    )
    INSERT INTO scim_member ("group", "user", position)
    SELECT ${group}::uuid, fresh.id, moved.before + row_number() OVER (ORDER BY fresh.place) FROM fresh, moved
    ON CONFLICT DO NOTHING RETURNING "user"::text AS user`;
  return rows.map(({ user }) => user);
}
