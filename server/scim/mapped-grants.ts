import { nameKey } from "@/domain/licenses/definition";
import { mappingsOf } from "@/domain/scim/scim-connection";
import type { Tx } from "@/server/store/store";
import type { Connection } from "./connection";
import type { StoredResource } from "./users";

/**
 * Notes the seats that the mappings of a group are to give its members, or these ones: in the order in which they
 * joined, and none while a user is inactive. Seats of mappings that no longer apply are left to their users.
 */
export async function syncGrants(
  tx: Tx,
  connection: Connection,
  { id: group, resource: { displayName, externalId } }: Pick<StoredResource, "id" | "resource">,
  users: readonly string[] | null,
): Promise<void> {
  const named = { name: String(displayName), externalId: typeof externalId === "string" ? externalId : null };
  const mappings = mappingsOf(named, connection.groups);
  const licenses = mappings.map(({ license }) => license);
  const allotments = mappings.map(({ allotment }) => nameKey(allotment));
  if (users === null)
    await tx.$executeRaw`
      DELETE FROM scim_grant WHERE "group" = ${group}::uuid AND state <> 'leaving'
        AND (license, allotment) NOT IN (SELECT * FROM unnest(${licenses}::text[], ${allotments}::text[]))`;
  if (mappings.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO scim_grant (connection, "group", "user", license, allotment, position, state)
    SELECT ${connection.id}::uuid, m."group", m."user", w.license, w.allotment, m.position,
      CASE WHEN u.is_active THEN 'waiting' ELSE 'ended' END
    FROM (SELECT DISTINCT * FROM unnest(${licenses}::text[], ${allotments}::text[]) AS w(license, allotment)) w,
      scim_member m JOIN scim_user u ON u.id = m."user"
    WHERE m."group" = ${group}::uuid AND (${users === null} OR m."user" = ANY (${[...(users ?? [])]}::uuid[]))
    ON CONFLICT ("group", "user", license, allotment) DO UPDATE
      SET position = excluded.position, is_reported = false,
        state = CASE WHEN scim_grant.instance IS NULL THEN excluded.state ELSE 'given' END
      WHERE scim_grant.state = 'leaving'`;
}

/** Notes that members left a group, or all of them: what its mappings gave them is to be released. */
export async function leaveGrants(tx: Tx, group: string, users: readonly string[] | null): Promise<void> {
  const named = [...(users ?? [])];
  await tx.$executeRaw`
    UPDATE scim_grant SET state = 'leaving', is_reported = false
    WHERE "group" = ${group}::uuid AND (${users === null} OR "user" = ANY (${named}::uuid[]))`;
}
