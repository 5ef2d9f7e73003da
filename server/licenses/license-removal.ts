import type { Tx } from "@/server/store/store";

/**
 * The tables with data of a license, by the column that names it; `session_month` before the rows that are written
 * under its lock.
 */
const TRACES = {
  scope: ["alert_delivery", "alert", "alert_rules", "alert_watch", "reached_limit"],
  license: [
    "alert_seen",
    "assignment",
    "subject_alias",
    "alias_text",
    "rejection",
    "reclaim_seat",
    "reclaim_run",
    "reclaim_exemption",
    "reclaim_rule",
    "usage",
    "usage_month",
    "minute_lease",
    "usage_day",
    "usage_late",
    "session_month",
    "usage_session",
    "session_total",
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
    "scim_grant",
    "scim_inactive",
    "scim_license",
    "scim_effect",
    "allotment",
    "notes",
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
 * stay, since processes cache them by the number, and the number can be given again. Reports of sessions that keep names
 * hold the license's row before that of the month, so it is locked first here too.
 */
export async function removeLicense(tx: Tx, number: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM license WHERE number = ${number} FOR NO KEY UPDATE`;
  for (const [column, tables] of Object.entries(TRACES))
    for (const table of tables)
      await tx.$executeRawUnsafe(`DELETE FROM "${table}" WHERE "${column}" = $1`, number);
}
