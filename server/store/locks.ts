import { nothingHere } from "@/domain/refusals/refusal";
import type { Tx } from "./store";

/** Takes the lock of a license, under which everything of it but usage is changed. */
export async function lockLicense(tx: Tx, number: string): Promise<void> {
  const rows = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM roster WHERE license = ${number} FOR NO KEY UPDATE`;
  if (rows.length === 0) throw nothingHere();
}

/** Takes the lock of the installation, under which customers, tokens and signing keys are changed. */
export async function lockInstallation(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM installation WHERE id = 1 FOR NO KEY UPDATE`;
}

/** The same lock for the small SQL interface. */
export const LOCK_INSTALLATION = {
  name: "installation_lock",
  text: "SELECT 1 FROM installation WHERE id = 1 FOR NO KEY UPDATE",
};

export const LOCK_LOG_HEAD = {
  name: "roster_lock",
  text: `SELECT version, horizon, epoch, audit_sequence, audit_head FROM roster WHERE license = $1 FOR NO KEY UPDATE`,
};
