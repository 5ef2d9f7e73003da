import type { MinuteLease } from "@/domain/leases/lease-rules";
import type { Month } from "@/domain/month";
import { minuteShares, type ShareRow } from "@/server/checkouts/checkout-shares";
import type { Sql } from "@/server/store/sql";

/** The minutes of an allotment in a month of a license. */
export type MonthKey = { license: string; allotment: string; month: Month };
/** The run of a source in a month. */
export type RunKey = MonthKey & { source: string; run: string };

/** A minute lease as it is stored. Times are RFC 3339. */
export type StoredLease = MinuteLease &
  RunKey & {
    id: string;
    /** Whether a later run of the source has a lease of the same month. */
    superseded: boolean;
    since: string;
    expires: string;
    lastContact: string;
  };

/** The totals of a month as they are read under their lock. */
export type StoredTotals = MonthKey & {
  total: number;
  reserved: number;
  open: number;
  leaseHours: number;
  leaseDays: number;
  graceDays: number;
  /** Until when a hold lasts, RFC 3339; null if there was none. */
  hold: string | null;
  shares: ShareRow[] | null;
};

/** How leases move the totals of a month. */
export type TotalsChange = MonthKey & { reserved: number; leased: number; open: number };

const LEASE_JSON = `json_build_object('id', m.id, 'license', m.license, 'allotment', m.allotment, 'month', m.month,
  'source', m.source, 'run', m.run, 'granted', m.granted, 'booked', m.booked, 'sequence', m.sequence, 'asked', m.asked,
  'state', m.state, 'superseded', m.superseded, 'since', m.since, 'expires', m.expires, 'lastContact', m.last_contact)`;

/** The leases of runs, the latest ones of their sources, and leases by id; and the totals of months. It follows their locks. */
const LOAD = {
  name: "leases_load",
  text: `
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[]) AS a(license, allotment, month, source, run)
), found AS (
  SELECT m.id FROM asked a JOIN minute_lease m USING (license, allotment, month, source, run)
  UNION
  SELECT m.id FROM asked a JOIN minute_lease m USING (license, allotment, month, source) WHERE NOT m.superseded
  UNION
  SELECT unnest($6::uuid[])
)
SELECT 'lease' AS kind, ${LEASE_JSON} AS value FROM found JOIN minute_lease m USING (id)
UNION ALL
SELECT 'totals', json_build_object('license', p.license, 'allotment', p.allotment, 'month', p.month, 'total', u.total,
  'reserved', u.reserved, 'open', u.open_leases, 'leaseHours', l.lease_hours, 'leaseDays', l.lease_days,
  'graceDays', l.grace_days, 'hold', r.hold_until, 'shares', ${minuteShares("t", "p.month")})
FROM unnest($7::text[], $8::text[], $9::text[]) AS p(license, allotment, month)
JOIN usage_month u USING (license, allotment, month)
JOIN allotment t ON t.license = p.license AND t.key = p.allotment
JOIN license l ON l.number = p.license
JOIN roster r ON r.license = p.license`,
};

const SAVE = {
  name: "leases_save",
  text: `
WITH changed AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS c(id uuid, license text, allotment text, month text, source text, run uuid,
    granted bigint, booked bigint, sequence bigint, asked text, state text, superseded boolean, since timestamptz,
    expires timestamptz, "lastContact" timestamptz, "isNew" boolean)
), updated AS (
  UPDATE minute_lease m SET granted = c.granted, booked = c.booked, sequence = c.sequence, asked = c.asked,
    state = c.state::"MinuteLeaseState", superseded = c.superseded, expires = c.expires, last_contact = c."lastContact"
  FROM changed c WHERE NOT c."isNew" AND m.id = c.id
), added AS (
  INSERT INTO minute_lease (id, license, allotment, month, source, run, granted, booked, sequence, asked, state,
    superseded, since, expires, last_contact)
  SELECT id, license, allotment, month, source, run, granted, booked, sequence, asked, state::"MinuteLeaseState",
    superseded, since, expires, "lastContact"
  FROM changed WHERE "isNew"
)
UPDATE usage_month m SET reserved = m.reserved + p.reserved, leased = m.leased + p.leased,
  open_leases = m.open_leases + p.open
FROM json_to_recordset($2::json) AS p(license text, allotment text, month text, reserved bigint, leased bigint, open int)
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
type LoadedRow = { kind: "lease"; value: StoredLease } | { kind: "totals"; value: StoredTotals };

/** Loads what decisions need. The caller holds the locks of the months, so that nothing of it changes meanwhile. */
export async function loadLeases(
  tx: Query,
  wanted: { runs: readonly RunKey[]; ids: readonly string[]; months: readonly MonthKey[] },
): Promise<{ leases: StoredLease[]; totals: StoredTotals[] }> {
  const { runs, ids, months } = wanted;
  if (runs.length === 0 && ids.length === 0) return { leases: [], totals: [] };
  const rows = await tx.query<LoadedRow>(LOAD, [
    ...[runs.map(({ license }) => license), runs.map(({ allotment }) => allotment)],
    ...[runs.map(({ month }) => month), runs.map(({ source }) => source), runs.map(({ run }) => run)],
    ids,
    ...[
      months.map(({ license }) => license),
      months.map(({ allotment }) => allotment),
      months.map(({ month }) => month),
    ],
  ]);
  return {
    leases: rows.flatMap((row) => (row.kind === "lease" ? [row.value] : [])),
    totals: rows.flatMap((row) => (row.kind === "totals" ? [row.value] : [])),
  };
}

export async function saveLeases(
  tx: Query,
  leases: readonly (StoredLease & { isNew: boolean })[],
  totals: readonly TotalsChange[],
): Promise<void> {
  if (leases.length > 0) await tx.query(SAVE, [JSON.stringify(leases), JSON.stringify(totals)]);
}

export async function bookRecovered(tx: Query, lost: readonly Recovered[]): Promise<void> {
  if (lost.length > 0) await tx.query(RECOVER, [JSON.stringify(lost)]);
}
