/** A change behind the product's back, by the names of the rules that it breaks. */
export type Broken = {
  rules: string[];
  what: string;
  sql: string[];
  /** What the first of these rules names. */
  id: RegExp;
};

const NUMBER = /^\d{16}/;
/** The seat that isn't released, without an alias, of the first license of the test. */
const SEAT = "added_version = 2";
const ALIASED = "added_version = 4";

const broken = (rules: string | string[], what: string, id: RegExp, ...sql: string[]): Broken => ({
  rules: [rules].flat(),
  what,
  sql,
  id,
});

/** At least one for every rule. Each runs in a transaction that is rolled back. */
export const BROKEN: readonly Broken[] = [
  broken(
    "seats-counted",
    "a seat that isn't counted",
    /^\d{16} professional$/,
    "UPDATE allotment SET live = live + 1 WHERE key = 'professional' AND license IN (SELECT license FROM subject_alias)",
  ),
  broken(
    "shares-counted",
    "a share that counts wrong",
    /^\d{16} mill professional$/,
    "UPDATE checkout_share SET live = live + 1",
  ),
  broken(
    "shares-counted",
    "a license that doesn't know of its shares",
    /^\d{16} mill professional$/,
    "UPDATE license SET shares_until = NULL",
  ),
  broken(
    "month-totals",
    "a month that is too high",
    /^\d{16} analyzer_time 2026-07$/,
    "UPDATE usage_month SET total = total + 1 WHERE month = '2026-07'",
  ),
  broken(
    "month-totals",
    "days that don't add up",
    /^\d{16} analyzer_time 2026-07$/,
    "UPDATE usage_day SET consumed = consumed + 1 WHERE month = '2026-07'",
  ),
  broken(
    "month-totals",
    "a source whose month has no total",
    /^9999999999999999 core_time 2026-07$/,
    "INSERT INTO usage VALUES ('9999999999999999', 'core_time', '2026-07', 's', 5, 0)",
  ),
  broken(
    "reserved-minutes",
    "reserved minutes that no lease holds",
    /^\d{16} analyzer_time 2026-08$/,
    "UPDATE usage_month SET reserved = reserved + 1 WHERE open_leases > 0",
  ),
  broken(
    "reserved-minutes",
    "a lease that isn't counted",
    /^\d{16} analyzer_time 2026-08$/,
    "UPDATE minute_lease SET superseded = true",
  ),
  broken(
    "late-usage",
    "more late minutes than minutes",
    /^\d{16} analyzer_time 2026-07 \S+$/,
    "UPDATE usage_late SET consumed = consumed + 1",
  ),
  broken(
    "sessions-counted",
    "a session that isn't counted",
    /^\d{16} 2026-07$/,
    "UPDATE session_month SET sessions = sessions + 1 WHERE month = '2026-07'",
  ),
  broken(
    "denials-counted",
    "a denial that was never reported",
    /^\d{16} 2026-07$/,
    "UPDATE session_month SET denials = denials + 1 WHERE month = '2026-07'",
  ),
  broken(
    "session-sums",
    "an app with more minutes than its sessions",
    /^\d{16} 2026-07 analyzer_time app$/,
    "UPDATE session_total SET minutes = minutes + 1 WHERE kind = 'app' AND month = '2026-07'",
  ),
  broken(
    "assignment-versions",
    "a version above that of the log",
    /^\d{16} \d+$/,
    "UPDATE roster SET version = version - 1 WHERE version > 1",
  ),
  broken(
    "assignment-versions",
    "two assignments of one version",
    /^\d{16} \d+$/,
    "DROP INDEX assignment_license_version_key",
    `UPDATE assignment SET version = version + 1 WHERE ${SEAT}`,
  ),
  broken(
    "assignment-order",
    "two assignments of one rank",
    /^\d{16} \d+$/,
    "UPDATE assignment SET added_version = (SELECT min(added_version) FROM assignment WHERE deleted IS NULL) WHERE deleted IS NULL",
  ),
  broken(
    ["one-seat-per-user", "subjects"],
    "a seat under an alias",
    /^\d{16} \d+$/,
    `UPDATE assignment SET subject_index = (SELECT alias_index FROM subject_alias) WHERE ${ALIASED}`,
  ),
  broken(
    "aliases",
    "a license that doesn't know its alias",
    NUMBER,
    "UPDATE license SET has_aliases = false",
    "UPDATE subject_alias SET primary_index = '\\x00'",
    "UPDATE assignment SET has_aliases = false WHERE has_aliases",
    "DELETE FROM alias_text",
  ),
  broken(
    "tombstones",
    "a tombstone below the horizon",
    /^\d{16} \d+$/,
    "UPDATE roster SET horizon = version WHERE license IN (SELECT license FROM subject_alias)",
  ),
  broken(
    "assignment-logs",
    "a horizon above the version",
    NUMBER,
    "UPDATE roster SET horizon = version + 1 WHERE license IN (SELECT license FROM scim_grant)",
  ),
  broken(
    "definitions-in-force",
    "a license that names another version than its definition's",
    /^\d{16}$/,
    "UPDATE license SET version = reverse(version)",
  ),
  broken(
    "definitions-in-force",
    "a license with one data key",
    /^\d{16}$/,
    "DELETE FROM data_key WHERE purpose = 'mac' AND scope IN (SELECT license FROM control_number)",
  ),
  broken(
    "allotment-products",
    "an allotment that lost the product that it is for",
    NUMBER,
    "UPDATE allotment SET products = '{QV}' WHERE key = 'analyzer'",
  ),
  broken(
    "allotments",
    "an allotment of another usage class",
    /^\d{16} professional$/,
    "UPDATE allotment SET class = 'time' WHERE key = 'professional'",
  ),
  broken(
    "active-signing-key",
    "an installation without an active signing key",
    /^signing keys$/,
    "UPDATE signing_key SET status = 'retired', retired_at = created_at",
  ),
  broken(
    "signing-keys",
    "a retired signing key without its time",
    /^[0-9a-f-]{36}$/,
    "INSERT INTO signing_key SELECT gen_random_uuid(), 'retired', public_key, private_key, created_at FROM signing_key",
  ),
  broken(
    "known-licenses",
    "a deployment of no license",
    /^deployment 9999999999999999$/,
    "UPDATE deployment SET license = '9999999999999999'",
  ),
  broken(
    "known-licenses",
    "a token of no license",
    /^api_token 9999999999999999$/,
    "UPDATE api_token SET license = '9999999999999999'",
  ),
  broken(
    "latest-definitions",
    "a definition that is newer than the one in force",
    /^\d{16} [0-9a-f-]{36}$/,
    `INSERT INTO definition SELECT gen_random_uuid(), license, version, effective_from + interval '1 day', content
       FROM definition LIMIT 1`,
  ),
  broken(
    "latest-definitions",
    "a correction of a definition of nowhere",
    /^\d{16} [0-9a-f-]{36}$/,
    "UPDATE definition SET corrects = gen_random_uuid()",
  ),
  broken(
    "license-columns",
    "a license with another product than its definition",
    /^\d{16}$/,
    "UPDATE license SET product = 'QV'",
  ),
  broken(
    "license-columns",
    "a license that ends, unlike its definition",
    /^\d{16}$/,
    "UPDATE license SET ends_at = created_at",
  ),
  broken(
    "copies",
    "a temporary copy without an end",
    /^\d{16}$/,
    "UPDATE license SET copy_ends = NULL WHERE copy_of IS NOT NULL",
  ),
  broken(
    "control-numbers",
    "an open control number without its text",
    /^\d{16} [0-9a-f-]{36}$/,
    "UPDATE control_number SET sealed = NULL",
  ),
  broken(
    "control-numbers",
    "a control number that a key of nowhere replaced",
    /^\d{16} [0-9a-f-]{36}$/,
    `UPDATE control_number SET open_for = NULL, closed_at = created_at, closed_for = 'migrated',
       migrated_to = gen_random_uuid()`,
  ),
  broken(
    "checkout-shares",
    "a share of a checkout that was returned",
    /^\d{16} mill professional$/,
    "UPDATE checkout SET returned_at = issued_at",
  ),
  broken(
    "checkout-shares",
    "a share without a checkout",
    /^\d{16} mill professional$/,
    "DELETE FROM checkout",
  ),
  broken(
    "dual-use",
    "a deployment that was accepted on a withdrawn offer",
    /^\d{16} view QV$/,
    "UPDATE dual_use_offer SET withdrawn_at = created_at",
  ),
  broken(
    "dual-use",
    "a waiting request that was decided",
    /^\d{16} view QV$/,
    "UPDATE dual_use_request SET state = 'waiting'",
  ),
  broken(
    "live-details",
    "a hash of a released seat",
    /^offline_hash \d{16} \d+$/,
    `INSERT INTO offline_hash SELECT license, instance, '\\x02' FROM assignment WHERE deleted IS NOT NULL`,
  ),
  broken(
    "offline-lines",
    "a rejection of a line that wasn't applied",
    /^\d{16} [0-9a-f-]{36} 2$/,
    "UPDATE offline_rejection SET sequence = 2",
  ),
  broken(
    "usage-days",
    "a day of another month",
    /^\d{16} analyzer_time 2026-07 2026-08-01 /,
    "UPDATE usage_day SET day = '2026-08-01' WHERE month = '2026-07'",
  ),
  broken(
    "usage-days",
    "late usage that wasn't late",
    /^\d{16} analyzer_time 2026-07 2026-07-31 /,
    "UPDATE usage_late SET arrived = '2026-07-31'",
  ),
  broken(
    "booked-leases",
    "leases that booked more than was used",
    /^\d{16} analyzer_time 2026-08/,
    "UPDATE minute_lease SET booked = booked + 1, granted = granted + 1",
  ),
  broken("reclaim-runs", "a seat that no run announced", NUMBER, "UPDATE reclaim_run SET seats = 2"),
  broken(
    "reclaim-runs",
    "a seat that was restored at no time",
    NUMBER,
    "UPDATE reclaim_seat SET restored_as = 5",
  ),
  broken(
    "scim-seats",
    "a given seat that isn't named",
    /^\d{16} \S{36} \S{36} analyzer$/,
    "UPDATE scim_grant SET instance = NULL",
  ),
  broken(
    "scim-seats",
    "a given seat of another allotment",
    /^\d{16} \S{36} \S{36} professional$/,
    "UPDATE scim_grant SET allotment = 'professional'",
  ),
  broken(
    "scim-members",
    "a member above the last position",
    /^\S{36} \S{36}$/,
    "UPDATE scim_connection SET joined = 0",
  ),
  broken(
    "event-positions",
    "an event above the last position",
    /^[0-9a-f-]{36}$/,
    "UPDATE event_head SET position = 0",
    "UPDATE webhook_cursor SET position = 0",
    "DELETE FROM webhook_delivery",
  ),
  broken(
    "event-positions",
    "an event that has a position and waits for one",
    /^[0-9a-f-]{36}$/,
    "INSERT INTO event_outbox SELECT id, type, time, license, data, subject FROM event LIMIT 1",
  ),
  broken(
    "webhook-deliveries",
    "a delivery that waits for nothing",
    /^[0-9a-f-]{36}$/,
    "UPDATE webhook_delivery SET due_at = NULL",
  ),
  broken(
    "webhook-deliveries",
    "a cursor above the events",
    /^webhook_cursor$/,
    "UPDATE webhook_cursor SET position = position + 1",
  ),
  broken(
    "alert-states",
    "a resolved alert without its time",
    /^[0-9a-f-]{36}$/,
    "UPDATE alert SET state = 'resolved'",
  ),
  broken(
    "removed-people",
    "a removed person with a role",
    /./,
    `UPDATE "user" SET role = 'owner' WHERE removed_at IS NOT NULL`,
  ),
  broken(
    "verified-chains",
    "a chain that was cut with its head",
    NUMBER,
    "UPDATE roster SET audit_sequence = audit_sequence - 1 WHERE license IN (SELECT chain FROM audit_verification)",
  ),
  broken(
    "definition-versions",
    "a definition that was changed in place",
    /^\d{16} [0-9a-f-]{36}$/,
    `UPDATE definition SET content = jsonb_set(content, '{parameters}', '[{"name":"x","valid":""}]')`,
  ),
  broken(
    "subjects",
    "a subject that was moved to another row",
    /^\d{16} \d+$/,
    `UPDATE assignment a SET subject = b.subject FROM assignment b WHERE a.${SEAT} AND b.${ALIASED}`,
  ),
  broken(
    "subjects",
    "an index of another subject",
    /^\d{16} \d+$/,
    `UPDATE assignment SET subject_index = '\\x00' WHERE ${SEAT}`,
  ),
  broken(
    "subjects",
    "a released seat that kept its subject",
    /^\d{16} \d+$/,
    "ALTER TABLE assignment DROP CONSTRAINT assignment_subject",
    "UPDATE assignment SET subject = '\\x00' WHERE deleted IS NOT NULL",
  ),
  broken(
    "subjects",
    "an alias of a seat that isn't declared",
    /^\d{16} \d+$/,
    "UPDATE subject_alias SET alias_index = '\\x00' || alias_index",
  ),
  broken(
    "rejections",
    "a rejection of another source",
    /^\d{16} analyzer .* NO_AVAILABLE_UNITS$/,
    "UPDATE rejection SET source = source || 'x'",
  ),
  broken(
    "subjects-hidden",
    "a deployment named like a user",
    /^\d{16} deployment /,
    "UPDATE deployment SET name = 'Laptop of ACME\\BOB'",
  ),
];
