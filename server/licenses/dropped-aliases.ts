import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import type { Tx } from "@/server/store/store";

/** Drops all aliases of a license whose user matching changes: their indexes were made by the old one. Nobody is assigned. */
export async function dropAliases(tx: Tx, license: string, actor: Actor, now: Date): Promise<void> {
  const rows = await tx.subjectAlias.findMany({ where: { license }, orderBy: { id: "asc" } });
  const hex = (index: Uint8Array) => Buffer.from(index).toString("hex");
  const events = rows.map(({ id, primaryIndex, aliasIndex }) => ({
    action: "alias.removed" as const,
    object: id,
    details: { index: hex(primaryIndex), alias: hex(aliasIndex) },
  }));
  await recordEvents(tx, license, actor, now, events);
  await tx.subjectAlias.deleteMany({ where: { license } });
  await tx.license.update({ where: { number: license }, data: { hasAliases: false } });
}
