import type { SqlRule } from "./check-rules";

/** Events, alerts, directories, people, and the audit as a whole. */
export const INSTALLATION_RULES: SqlRule[] = [
  {
    name: "event-positions",
    rule: "each event has one position, none above the last one given, and none waits for another",
    looked: `
      SELECT e.id, e.same = 1 AND e.position <= h.position AND o.id IS NULL AS ok
      FROM (SELECT id, position, count(*) OVER (PARTITION BY id) AS same FROM event) e
      LEFT JOIN event_head h ON h.id = 1
      LEFT JOIN event_outbox o ON o.id = e.id`,
  },
  {
    name: "webhook-deliveries",
    rule: "a delivery is due as long as it waits, and webhooks got no event that has no position yet",
    looked: `
      SELECT d.id::text AS id, (d.state = 'waiting') = (d.due_at IS NOT NULL)
        AND coalesce(d.position <= c.position, true) AS ok
      FROM webhook_delivery d LEFT JOIN webhook_cursor c ON c.id = 1
      UNION ALL SELECT 'webhook_cursor', c.position <= h.position
      FROM webhook_cursor c LEFT JOIN event_head h ON h.id = 1`,
  },
  {
    name: "alert-states",
    rule: "each alert has the times of its state",
    looked: `
      SELECT id, (resolved_at IS NOT NULL) = (state = 'resolved') AND CASE state
        WHEN 'fired' THEN acknowledged_at IS NULL WHEN 'acknowledged' THEN acknowledged_at IS NOT NULL
        ELSE true END AS ok
      FROM alert`,
  },
  {
    name: "scim-members",
    rule: "each member of a group is a user of the same directory, and joined by its last position",
    looked: `
      SELECT concat_ws(' ', m."group", m."user") AS id, u.connection = g.connection AND u.deleted_at IS NULL
        AND m.position BETWEEN 1 AND c.joined AS ok
      FROM scim_member m JOIN scim_user u ON u.id = m."user" JOIN scim_group g ON g.id = m."group"
      JOIN scim_connection c ON c.token = g.connection`,
  },
  {
    name: "removed-people",
    rule: "a removed person has no role, no address, no session and no way to sign in",
    looked: `
      SELECT u.id, u.removed_at IS NULL OR u.role IS NULL AND u.banned AND u.email LIKE 'removed-%@signet.invalid'
        AND NOT EXISTS (SELECT FROM session s WHERE s.user_id = u.id)
        AND NOT EXISTS (SELECT FROM account a WHERE a.user_id = u.id)
        AND NOT EXISTS (SELECT FROM two_factor t WHERE t.user_id = u.id) AS ok
      FROM "user" u`,
  },
  {
    name: "verified-chains",
    rule: "no audit chain is shorter than it was when it was last verified",
    looked: `
      SELECT v.chain AS id, v.events <= coalesce(r.audit_sequence, i.audit_sequence) AS ok
      FROM audit_verification v LEFT JOIN roster r ON r.license = v.chain
      LEFT JOIN installation i ON v.chain = 'installation'`,
  },
];
