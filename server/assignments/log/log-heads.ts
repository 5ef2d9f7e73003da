export type LogHeadRow = { version: number; horizon: number; epoch: string };
export type LockedLogHead = LogHeadRow & { audit_sequence: number; audit_head: Uint8Array };

const lockLogHeads = (name: string, whenHeld: string) => ({
  name,
  text: `SELECT license, version, horizon, epoch, audit_sequence, audit_head FROM roster
    WHERE license = ANY ($1::text[]) ORDER BY license FOR NO KEY UPDATE ${whenHeld}`,
});

/** The log heads of many licenses; waits for those that others hold. */
export const LOCK_LOG_HEADS = lockLogHeads("rosters_lock", "");
/** The same without those that others hold. */
export const LOCK_FREE_LOG_HEADS = lockLogHeads("rosters_lock_free", "SKIP LOCKED");

export const READ_LOG_HEAD = {
  name: "roster_read",
  text: `SELECT version, horizon, epoch, audit_sequence, audit_head FROM roster WHERE license = $1`,
};
