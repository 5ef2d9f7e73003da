import type { ScimSettings } from "@/domain/scim/scim-connection";
import { sqlOnPrisma } from "@/server/audit/audit";
import { tagOf } from "@/server/store/entity-tag";
import type { Tx } from "@/server/store/store";
import type { Connection } from "./connection";
import { storedGroup } from "./groups";
import { syncGrants } from "./mapped-grants";
import { scimKeys } from "./scim-keys";

/**
 * Notes what other settings ask for: another subject or the end of report mode concerns everybody who is inactive, and
 * other mappings concern all members. In report mode products may assign seats to inactive users.
 */
export async function resettle(tx: Tx, connection: Connection, before: ScimSettings): Promise<void> {
  const { id: connectionId, subject, groups, report } = connection;
  const users = { user: { connectionId } };
  if (subject !== before.subject || report !== before.report) {
    await tx.scimInactive.deleteMany({ where: users });
    await tx.scimLicense.deleteMany({ where: { connection: connectionId } });
  }
  if (subject !== before.subject)
    await tx.scimUser.updateMany({
      where: { connectionId, isActive: false },
      data: { isDue: true, isReported: false },
    });
  if (tagOf(groups) !== tagOf(before.groups)) await syncAll(tx, connection);
}

async function syncAll(tx: Tx, connection: Connection): Promise<void> {
  const keys = await scimKeys(connection.id, sqlOnPrisma(tx));
  const rows = await tx.scimGroup.findMany({
    where: { connectionId: connection.id },
    orderBy: { id: "asc" },
  });
  for (const row of rows) await syncGrants(tx, connection, storedGroup(keys, row), null);
}
