import { type Broken, broken, NUMBER } from "./test-broken-rule";

/** Events, alerts, directories, people, and the audit as a whole. */
export const BROKEN_INSTALLATION: readonly Broken[] = [
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
    "encryption",
    "a value under a key that is gone",
    /^control_number \d{16} \S{36}$/,
    "UPDATE control_number SET sealed = decode(repeat('00', 48), 'hex')",
  ),
  broken(
    "verified-chains",
    "a chain that was cut with its head",
    NUMBER,
    "UPDATE roster SET audit_sequence = audit_sequence - 1 WHERE license IN (SELECT chain FROM audit_verification)",
  ),
];
