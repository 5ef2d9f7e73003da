import type { MinuteLease } from "@/domain/leases/lease-rules";
import type { Month } from "@/domain/month";
import { minuteShares, type ShareRow } from "@/server/checkouts/checkout-shares";
import { columns } from "@/server/store/columns";
import type { Sql } from "@/server/store/sql";

/** The minutes of an allotment in a month of a license. */
export type MonthKey = { license: string; allotment: string; month: Month };
/** The month of a source. */
export type SourceKey = MonthKey & { source: string };
/** The run of a source in a month. */
export type RunKey = SourceKey & { run: string };

/** A minute lease as it is stored. */
export type StoredLease = MinuteLease &
  RunKey & {
    id: string;
    /** Whether a later run of the source has a lease of the same month. */
    superseded: boolean;
    since: Date;
    expires: Date;
    lastContact: Date;
  };

/** The totals of a month as they are read under their lock, and the settings of its license. */
export type StoredTotals = MonthKey & {
  total: number;
  reserved: number;
  open: number;
  leaseHours: number;
  leaseDays: number;
  graceDays: number;
  /** Until when a hold lasts; null if there was none. */
  hold: Date | null;
  shares: ShareRow[] | null;
};

/** How leases move the totals of a month. */
export type TotalsChange = MonthKey & { reserved: number; leased: number; open: number };

/**
 * The totals of months, each with the leases of a source: the latest one, and those of `$5` runs and `$6` ids. It
 * follows the statement that locks the months, because that one doesn't see what was committed while it waited.
 */
const LOAD = {
  name: "leases_load",
  text: `
SELECT u.license, u.allotment, u.month, u.total, u.reserved, u.open_leases AS open, l.lease_hours AS "leaseHours",
  l.lease_days AS "leaseDays", l.grace_days AS "graceDays", r.hold_until AS hold, ${minuteShares("t", "u.month")} AS shares,
  m.id, a.source, m.run, m.granted, m.booked, m.sequence, m.asked, m.state::text AS state, m.superseded, m.since,
  m.expires, m.last_contact AS "lastContact"
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS a(license, allotment, month, source)
JOIN usage_month u USING (license, allotment, month)
JOIN allotment t ON t.license = u.license AND t.key = u.allotment
JOIN license l ON l.number = u.license
JOIN roster r ON r.license = u.license
LEFT JOIN minute_lease m ON m.license = u.license AND m.allotment = u.allotment AND m.month = u.month
  AND m.source = a.source AND (NOT m.superseded OR m.run = ANY ($5::uuid[]) OR m.id = ANY ($6::uuid[]))`,
};

/** New leases, which `SAVE` fills. */
const ADD = {
  name: "leases_add",
  text: `
INSERT INTO minute_lease (id, license, allotment, month, source, run, granted, booked, sequence, since, expires, last_contact)
SELECT id, license, allotment, month, source, run, 0, 0, 0, since, since, since
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[])
  AS n(id, license, allotment, month, source, run, since)`,
};

const SAVE = {
  name: "leases_save",
  text: `
WITH changed AS (
  UPDATE minute_lease m SET granted = c.granted, booked = c.booked, sequence = c.sequence, asked = c.asked,
    state = c.state::"MinuteLeaseState", superseded = c.superseded, expires = c.expires, last_contact = c.last_contact
  FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::boolean[],
    $9::timestamptz[], $10::timestamptz[])
    AS c(id, license, granted, booked, sequence, asked, state, superseded, expires, last_contact)
  WHERE m.license = c.license AND m.id = c.id
)
UPDATE usage_month m SET reserved = m.reserved + p.reserved, leased = m.leased + p.leased,
  open_leases = m.open_leases + p.open
FROM unnest($11::text[], $12::text[], $13::text[], $14::bigint[], $15::bigint[], $16::int[])
  AS p(license, allotment, month, reserved, leased, open)
WHERE m.license = p.license AND m.allotment = p.allotment AND m.month = p.month`,
};

/** Minutes that the store lost in a restore: they are booked for their source, today or on the month's nearest day. */
const RECOVER = {
  name: "leases_recover",
  text: `
WITH lost AS MATERIALIZED (
  SELECT license, allotment, month, source, day, sum(minutes)::bigint AS minutes
  FROM json_to_recordset($1::json) AS l(license text, allotment text, month text, source text, day date, minutes bigint)
  GROUP BY license, allotment, month, source, day ORDER BY license, allotment, month, source, day
), counted AS (
  INSERT INTO usage (license, allotment, month, source, consumed)
  SELECT license, allotment, month, source, minutes FROM lost
  ON CONFLICT (license, allotment, month, source) DO UPDATE SET consumed = usage.consumed + excluded.consumed
), total AS (
  UPDATE usage_month m SET total = m.total + l.minutes
  FROM (SELECT license, allotment, month, sum(minutes) AS minutes FROM lost GROUP BY license, allotment, month) l
  WHERE m.license = l.license AND m.allotment = l.allotment AND m.month = l.month
)
INSERT INTO usage_day (license, allotment, month, day, source, consumed)
SELECT license, allotment, month, day, source, minutes FROM lost
ON CONFLICT (license, allotment, month, day, source) DO UPDATE SET consumed = usage_day.consumed + excluded.consumed`,
};

/** Minutes to book without a report. */
export type Recovered = MonthKey & { source: string; day: string; minutes: number };

type Query = Pick<Sql, "query">;
type LoadedRow = StoredTotals & (StoredLease | { id: null });

/** Loads what decisions need. The transaction holds the locks of the months by then, so nothing of it changes meanwhile. */
export async function loadLeases(
  tx: Query,
  { places, runs, ids }: { places: readonly SourceKey[]; runs: readonly string[]; ids: readonly string[] },
): Promise<{ leases: StoredLease[]; totals: StoredTotals[] }> {
  const rows = await tx.query<LoadedRow>(LOAD, [
    ...columns(places, "license", "allotment", "month", "source"),
    ...[runs, ids],
  ]);
  return { leases: rows.filter((row) => row.id !== null), totals: rows };
}

/** Sends what decisions changed. It isn't awaited: the transaction waits for its statements before it is done. */
export function saveLeases(
  tx: Query,
  leases: readonly (StoredLease & { isNew: boolean })[],
  totals: readonly TotalsChange[],
): void {
  if (leases.length === 0) return;
  const added = leases.filter(({ isNew }) => isNew);
  const since = (lease: StoredLease) => lease.since.toISOString();
  if (added.length > 0)
    void tx.query(ADD, columns(added, "id", "license", "allotment", "month", "source", "run", since));
  void tx.query(SAVE, [
    ...columns(leases, "id", "license", "granted", "booked", "sequence", "asked", "state", "superseded"),
    leases.map(({ expires }) => expires.toISOString()),
    leases.map(({ lastContact }) => lastContact.toISOString()),
    ...columns(totals.filter(isMoved), "license", "allotment", "month", "reserved", "leased", "open"),
  ]);
}

export async function bookRecovered(tx: Query, lost: readonly Recovered[]): Promise<void> {
  if (lost.length > 0) await tx.query(RECOVER, [JSON.stringify(lost)]);
}

function isMoved({ reserved, leased, open }: TotalsChange): boolean {
  return reserved !== 0 || leased !== 0 || open !== 0;
}
