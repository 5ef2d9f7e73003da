"use server";

import { actOnLicense } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { revalidateLicense } from "@/app/(console)/_lib/form-fields";
import { createControl, revealControl, revokeControl } from "@/server/legacy/control-numbers";
import { migrateToKey, undoMigration } from "@/server/legacy/key-migration";

/** A secret that only this response contains; no browser stores it. */
export type ShownLegacy = { control: string } | { key: string };

/** Creates a control number; an existing one stops working. */
export async function createControlHere(number: string): Promise<ActionResult<ShownLegacy>> {
  const created = await actOnLicense(number, "control.write", async ({ actor, now }) => ({
    control: await createControl(number, actor, now),
  }));
  revalidateLicense(created, number);
  return created;
}

/** Shows the control number again, which the audit records. */
export async function revealControlHere(number: string): Promise<ActionResult<ShownLegacy>> {
  return actOnLicense(number, "control.reveal", async ({ actor, now }) => ({
    control: await revealControl(number, actor, now),
  }));
}

export async function revokeControlHere(number: string): Promise<ActionResult<void>> {
  const revoked = await actOnLicense(number, "control.write", ({ actor, now }) =>
    revokeControl(number, actor, now),
  );
  revalidateLicense(revoked, number);
  return revoked;
}

/** Migrates the license from its LEF to a signed key, and shows the key. */
export async function migrateHere(number: string): Promise<ActionResult<ShownLegacy>> {
  const migrated = await actOnLicense(number, "control.write", async ({ actor, now }) => {
    const { key } = await migrateToKey(number, actor, now);
    return { key };
  });
  revalidateLicense(migrated, number);
  return migrated;
}

export async function undoMigrationHere(number: string): Promise<ActionResult<void>> {
  const undone = await actOnLicense(number, "control.write", ({ actor, now }) =>
    undoMigration(number, actor, now),
  );
  revalidateLicense(undone, number);
  return undone;
}
