import { Refusal } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { issueLicenseKey, revokeIn, type ShownKey } from "@/server/keys/license-keys";
import { lockLicense } from "@/server/store/locks";
import { store } from "@/server/store/store";
import { closeControl, lastControl, MIGRATION_UNDO_MS, openControl } from "./control-numbers";

const LABEL = "Migration";
const REASON = "Migration undone";

/**
 * Migrates a license from its LEF to a signed key: the same number, with all its history. The control number is
 * closed in the same transaction. Throws `NO_CONTROL` if none is open, `MIGRATED` the second time.
 */
export function migrateToKey(license: string, actor: Actor, now: Date): Promise<ShownKey> {
  return issueLicenseKey(license, LABEL, actor, now, async (tx, jti) => {
    await closeControl(tx, await openControl(tx, license), "migrated", now, jti);
    await recordEvents(tx, license, actor, now, [
      { action: "license.migrated", object: license, details: { jti } },
    ]);
  });
}

/** Undoes a migration within 24 hours: its key is revoked, and the control number works as before. Throws `UNDO_OVER`. */
export async function undoMigration(license: string, actor: Actor, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const control = await lastControl(tx, license);
    const { migratedTo: jti, closedAt } = control ?? {};
    if (control?.closedFor !== "migrated" || !jti || !closedAt || !control.sealed) throw over();
    if (now.getTime() - closedAt.getTime() > MIGRATION_UNDO_MS) throw over();
    await revokeIn(tx, license, jti, REASON, actor, now);
    await tx.controlNumber.update({
      where: { id: control.id },
      data: { openFor: license, closedAt: null, closedFor: null, migratedTo: null },
    });
    await recordEvents(tx, license, actor, now, [
      { action: "license.migration-undone", object: license, details: { jti } },
    ]);
  });
}

function over(): Refusal {
  return new Refusal("UNDO_OVER", "Nothing was undone. A migration can be undone within 24 hours.");
}
