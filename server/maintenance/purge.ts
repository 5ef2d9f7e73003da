import { TOMBSTONE_DAYS } from "@/domain/assignments/sync";
import { firstKeptMonth } from "@/domain/consumption/session";
import { EVENT_DAYS } from "@/domain/events/event-cursor";
import { addMonths, DAY, monthOf, monthStart } from "@/domain/month";
import { purgeAlerts } from "@/server/alerts/alert-purge";
import { forgetEndedShares } from "@/server/checkouts/checkout-reservations";
import { dropPartitions } from "@/server/consumption/sessions/session-partitions";
import { closeMigrations } from "@/server/legacy/control-numbers";
import { env } from "@/server/store/env";
import { LOCK_LOG_HEAD, lockLicense } from "@/server/store/locks";
import type { Sql, Statement } from "@/server/store/sql";
import { store } from "@/server/store/store";

const REJECTION_DAYS = 30;
const IDEMPOTENCY_DAYS = 1;
const RETRIEVAL_DAYS = 365;
const LEF_FAILURE_DAYS = 1;
const REQUEST_COUNT_DAYS = 1;
const DELIVERY_DAYS = 30;
const SCIM_DAYS = 30;
const LEASE_MONTHS = 13;

const DUE = {
  name: "purge_due",
  text: "SELECT DISTINCT license FROM assignment WHERE deleted IS NOT NULL AND deleted <= $1 ORDER BY license",
};
/** The first rows of a license, so that its horizon rises with each part. */
const PURGE = {
  name: "purge_tombstones",
  text: `
WITH gone AS (
  DELETE FROM assignment WHERE license = $1 AND version IN (
    SELECT version FROM assignment WHERE license = $1 AND deleted IS NOT NULL AND deleted <= $2 ORDER BY version LIMIT $3)
  RETURNING version
), raised AS (
  UPDATE roster SET horizon = greatest(horizon, (SELECT max(version) FROM gone))
  WHERE license = $1 AND EXISTS (SELECT FROM gone)
)
SELECT count(*) AS gone FROM gone`,
};
/** A server of an older release doesn't delete the aliases of a seat that it releases. */
const ALIASES = {
  name: "purge_aliases",
  text: `DELETE FROM alias_text x WHERE NOT EXISTS (SELECT FROM assignment a
    WHERE a.license = x.license AND a.instance = x.instance AND a.deleted IS NULL)`,
};
const REJECTIONS = oldest("rejection", "last_at");
const RETRIEVALS = oldest("retrieval", "at");
const LEF_FAILURES = oldest("lef_failure", "last");
const SESSION_MONTHS = oldest("session_month", "month");
const DENIALS = oldest("denial", "hour");
const REQUEST_COUNTS = oldest("request_count", "window_start");
const DELIVERIES = oldest("webhook_delivery", "created_at");
const DELIVERY_ATTEMPTS = oldest("webhook_attempt", "at");
const SCIM_REQUESTS = oldest("scim_request", "at");
const SCIM_EFFECTS = oldest("scim_effect", "at");
const IDEMPOTENT_REQUESTS = oldest("idempotent_request", "at");
const IDEMPOTENT_REPORTS = oldest("idempotent_report", "at");

/** Leases of months so long ago, and with them what their months count as reserved. */
const LEASES = {
  name: "purge_minute_lease",
  text: `
WITH old AS MATERIALIZED (
  SELECT license, allotment, month, source, run FROM minute_lease WHERE month < $1 ORDER BY month, license LIMIT $2
), months AS MATERIALIZED (
  SELECT m.license, m.allotment, m.month FROM usage_month m
  WHERE (m.license, m.allotment, m.month) IN (SELECT license, allotment, month FROM old)
  ORDER BY m.license, m.allotment, m.month FOR UPDATE
), gone AS (
  DELETE FROM minute_lease l USING old o JOIN months USING (license, allotment, month)
  WHERE l.license = o.license AND l.allotment = o.allotment AND l.month = o.month AND l.source = o.source AND l.run = o.run
  RETURNING l.license, l.allotment, l.month, l.state, l.superseded, l.granted - l.booked AS reserved
), counted AS (
  UPDATE usage_month m SET reserved = m.reserved - g.reserved, open_leases = m.open_leases - g.open
  FROM (SELECT license, allotment, month, sum(reserved) AS reserved, count(*) FILTER (WHERE NOT superseded) AS open
    FROM gone WHERE state <> 'released' GROUP BY license, allotment, month) g
  WHERE m.license = g.license AND m.allotment = g.allotment AND m.month = g.month
)
SELECT count(*) AS gone FROM gone`,
};

/** Those with the lowest positions: times follow positions closely enough. */
const EVENTS = {
  name: "purge_event",
  text: `
WITH gone AS (
  DELETE FROM event WHERE position = ANY (ARRAY(SELECT position FROM event ORDER BY position LIMIT $2)) AND time <= $1
  RETURNING 1
)
SELECT count(*) AS gone FROM gone`,
};

/** So few rows at once that a statement stays far below its time limit, and a license is soon free for others again. */
const PART = 5000;

/**
 * Deletes everything past its time, however long ago that was. Running it twice, or in two replicas, changes nothing
 * more.
 */
export async function purge(now: Date, part = PART): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY);
  const { sql } = store();
  await purgeTombstones(before(TOMBSTONE_DAYS), part);
  await sql.query(ALIASES, []);
  await forgetShares(now);
  await inChunks(part, () => removed(sql, REJECTIONS, [before(REJECTION_DAYS), part]));
  await inChunks(part, () => removed(sql, RETRIEVALS, [before(RETRIEVAL_DAYS), part]));
  await inChunks(part, () => removed(sql, LEF_FAILURES, [before(LEF_FAILURE_DAYS), part]));
  await inChunks(part, () => removed(sql, REQUEST_COUNTS, [before(REQUEST_COUNT_DAYS), part]));
  await inChunks(part, () => removed(sql, DELIVERIES, [before(DELIVERY_DAYS), part]));
  await inChunks(part, () => removed(sql, DELIVERY_ATTEMPTS, [before(DELIVERY_DAYS), part]));
  await inChunks(part, () => removed(sql, SCIM_REQUESTS, [before(SCIM_DAYS), part]));
  await inChunks(part, () => removed(sql, SCIM_EFFECTS, [before(SCIM_DAYS), part]));
  await closeMigrations(now);
  await purgeAlerts(now);
  await inChunks(part, () => removed(sql, EVENTS, [before(EVENT_DAYS), part]));
  await inChunks(part, () => removed(sql, IDEMPOTENT_REQUESTS, [before(IDEMPOTENCY_DAYS), part]));
  await inChunks(part, () => removed(sql, IDEMPOTENT_REPORTS, [before(IDEMPOTENCY_DAYS), part]));
  await inChunks(part, () => removed(sql, LEASES, [addMonths(monthOf(now), -LEASE_MONTHS), part]));
  await purgeSessions(now, part);
}

/** Sessions go with their months, and their sums and denials with them. */
async function purgeSessions(now: Date, part: number): Promise<void> {
  const { sql } = store();
  const first = firstKeptMonth(now, env().SESSION_MONTHS);
  await dropPartitions(first);
  await inChunks(part, () => removed(sql, SESSION_MONTHS, [addMonths(first, -1), part]));
  await inChunks(part, () => removed(sql, DENIALS, [new Date(monthStart(first).getTime() - 1), part]));
}

/** Runs under the lock of each log head and raises its horizon: a base below that needs a full snapshot. */
async function purgeTombstones(cutoff: Date, part: number): Promise<void> {
  const { sql } = store();
  for (const { license } of await sql.query<{ license: string }>(DUE, [cutoff]))
    await inChunks(part, () =>
      sql.transaction(async (tx) => {
        await tx.query(LOCK_LOG_HEAD, [license]);
        return removed(tx, PURGE, [license, cutoff, part]);
      }),
    );
}

/** Deletes the reservations of checkouts that have ended. */
async function forgetShares(now: Date): Promise<void> {
  const ended = await store().db.checkoutShare.findMany({
    where: { until: { lte: now } },
    distinct: ["license"],
    select: { license: true },
    orderBy: { license: "asc" },
  });
  for (const { license } of ended)
    await store().db.$transaction(async (tx) => {
      await lockLicense(tx, license);
      await forgetEndedShares(tx, license, now);
    });
}

async function inChunks(part: number, remove: () => Promise<number>): Promise<void> {
  while ((await remove()) === part);
}

async function removed(sql: Pick<Sql, "query">, statement: Statement, values: unknown[]): Promise<number> {
  const [row] = await sql.query<{ gone: number }>(statement, values);
  return row?.gone ?? 0;
}

function oldest(table: string, column: string): Statement {
  return {
    name: `purge_${table}`,
    text: `
WITH gone AS (
  DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${column} <= $1 ORDER BY ${column} LIMIT $2))
  RETURNING 1
)
SELECT count(*) AS gone FROM gone`,
  };
}
