import type { SqlRule } from "./check-rules";

/**
 * Tables whose rows name a license without a foreign key, and the column. What other rules count by license is left
 * out: without its license it wouldn't be counted.
 */
const OF_LICENSES = [
  ["roster", "license"],
  ["subject_alias", "license"],
  ["usage_month", "license"],
  ["usage_late", "license"],
  ["minute_lease", "license"],
  ["session_month", "license"],
  ["deployment", "license"],
  ["checkout", "license"],
  ["control_number", "license"],
  ["retrieval", "license"],
  ["dual_use_offer", "license"],
  ["dual_use_request", "license"],
  ["offline_log", "license"],
  ["reclaim_rule", "license"],
  ["reclaim_exemption", "license"],
  ["reclaim_run", "license"],
  ["scim_grant", "license"],
  ["scim_inactive", "license"],
  ["scim_license", "license"],
  ["alert_rules", "scope"],
  ["alert_watch", "scope"],
  ["reached_limit", "scope"],
  ["audit_verification", "chain"],
] as const;

/** Licenses, their definitions, keys and checkouts. */
export const LICENSE_RULES: SqlRule[] = [
  {
    name: "known-licenses",
    rule: "no row belongs to a license that doesn't exist",
    looked: `
      SELECT t.source || ' ' || t.license AS id, l.number IS NOT NULL AS ok
      FROM (${OF_LICENSES.map(([table, column]) => `SELECT DISTINCT '${table}' AS source, ${column} AS license FROM ${table}`).join(" UNION ALL ")}
        UNION ALL SELECT DISTINCT 'api_token', license FROM api_token WHERE license IS NOT NULL AND revoked_at IS NULL) t
      LEFT JOIN license l ON l.number = t.license
      WHERE t.license <> 'installation'`,
  },
  {
    name: "latest-definitions",
    rule: "the definition in force is the last one of its license, and a correction corrects an earlier one of it",
    looked: `
      SELECT concat_ws(' ', d.license, d.id) AS id,
        (d.id = l.definition_id OR d.effective_from < f.effective_from)
        AND (d.corrects IS NULL OR c.license = d.license AND c.effective_from < d.effective_from) AS ok
      FROM definition d
      JOIN license l ON l.number = d.license
      LEFT JOIN definition f ON f.id = l.definition_id
      LEFT JOIN definition c ON c.id = d.corrects`,
  },
  {
    name: "license-columns",
    rule: "what a license repeats of its definition is the same there: product, trial and end of validity",
    looked: `
      SELECT l.number AS id, l.product = d.content ->> 'product' AND l.trial = (d.content ->> 'trial')::boolean
        AND (l.ends_at IS NULL) = (split_part(d.content ->> 'valid', '/', 2) IN ('', '.')) AS ok
      FROM license l JOIN definition d ON d.id = l.definition_id`,
  },
  {
    name: "allotments",
    rule: "each allotment of a definition in force has its row, with the same usage class",
    looked: `
      SELECT concat_ws(' ', l.number, a ->> 'name') AS id, t.class::text = a -> 'usage' ->> 'class' AS ok
      FROM license l JOIN definition d ON d.id = l.definition_id
      CROSS JOIN jsonb_array_elements(d.content -> 'allotments') a
      LEFT JOIN allotment t ON t.license = l.number AND t.name = a ->> 'name'`,
  },
  {
    name: "copies",
    rule: "a temporary copy of a license has an owner and an end, and nothing else has",
    looked: `
      SELECT number AS id, (copied_by IS NULL) = (copy_of IS NULL) AND (copy_ends IS NULL) = (copy_of IS NULL) AS ok
      FROM license`,
  },
  {
    name: "signing-keys",
    rule: "each signing key has the private part and the dates of its state",
    looked: `
      SELECT kid AS id, CASE status
        WHEN 'active' THEN private_key IS NOT NULL AND retired_at IS NULL AND withdrawn_at IS NULL
        WHEN 'retired' THEN private_key IS NOT NULL AND retired_at IS NOT NULL AND withdrawn_at IS NULL
        ELSE withdrawn_at IS NOT NULL END AS ok
      FROM signing_key`,
  },
  {
    name: "control-numbers",
    rule: "an open control number has its text, a closed one its time and reason, and a migrated one its key",
    looked: `
      SELECT concat_ws(' ', c.license, c.id) AS id, CASE
        WHEN c.open_for IS NOT NULL
          THEN c.open_for = c.license AND c.sealed IS NOT NULL AND c.closed_at IS NULL AND c.closed_for IS NULL
        ELSE c.closed_at IS NOT NULL AND c.closed_for IS NOT NULL
          AND (c.closed_for <> 'migrated' OR k.license = c.license) END AS ok
      FROM control_number c LEFT JOIN signed_key k ON k.jti = c.migrated_to`,
  },
  {
    name: "checkout-shares",
    rule: "each share belongs to a checkout that isn't returned, of the same license, source and end",
    looked: `
      SELECT concat_ws(' ', s.license, s.source, s.allotment) AS id, s.units > 0 AND c.license = s.license
        AND c.source = s.source AND c.expires_at = s.until AND c.returned_at IS NULL AS ok
      FROM checkout_share s LEFT JOIN checkout c ON c.id = s.checkout`,
  },
  {
    name: "dual-use",
    rule: "each accepted dual-use request names an open offer of its license for its product",
    looked: `
      SELECT concat_ws(' ', r.license, r.source, r.product) AS id, (r.decided_at IS NULL) = (r.state = 'waiting')
        AND (r.state <> 'accepted'
          OR o.license = r.license AND r.product = ANY (o.products) AND o.withdrawn_at IS NULL) AS ok
      FROM dual_use_request r LEFT JOIN dual_use_offer o ON o.id = r.offer`,
  },
];
