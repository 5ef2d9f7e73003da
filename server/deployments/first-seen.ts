import { newEventId } from "@/server/events/outbox";

/** What an upsert of deployments returns for `insertFirstSeen`: a row that it inserted has no older version. */
export const FIRST_SEEN_COLUMNS =
  "license, source, jti, product, version, os, first_seen, xmax = 0 AS is_new";

/** Writes an event for each deployment that the CTE `recorded` inserted. */
export function insertFirstSeen(recorded: string): string {
  return `
  INSERT INTO event_outbox (id, type, time, license, data)
  SELECT ${newEventId("first_seen")}, 'deployment.first-seen', first_seen, license,
    json_build_object('license', license, 'source', source, 'jti', jti, 'product', product, 'version', version, 'os', os)::jsonb
  FROM ${recorded} WHERE is_new`;
}
