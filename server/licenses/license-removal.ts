import type { Tx } from "@/server/store/store";

/** The tables with data of a license, by the column that names it. */
const TRACES = {
  scope: ["alert_delivery", "alert", "alert_rules", "alert_watch"],
  license: [
    "alert_seen",
    "assignment",
    "rejection",
    "usage",
    "usage_month",
    "usage_day",
    "usage_late",
    "usage_session",
    "session_total",
    "session_month",
    "denial",
    "idempotent_report",
    "idempotent_request",
    "deployment",
    "dual_use_request",
    "dual_use_offer",
    "control_number",
    "retrieval",
    "signed_key",
    "offline_hash",
    "offline_seat",
    "offline_rejection",
    "offline_log",
    "checkout_share",
    "checkout",
    "allotment",
    "definition",
    "event_outbox",
    "event",
    "roster",
  ],
  chain: ["audit_event", "audit_verification"],
  number: ["license"],
} as const;

/**
 * Removes a license with all its data, including its audit, under its lock, which the caller holds. Its data keys
 * stay, since processes cache them by the number, and the number can be given again.
 */
export async function removeLicense(tx: Tx, number: string): Promise<void> {
  for (const [column, tables] of Object.entries(TRACES))
    for (const table of tables)
      await tx.$executeRawUnsafe(`DELETE FROM "${table}" WHERE "${column}" = $1`, number);
}
