import {
  ADDED,
  type BookedSlot,
  booked,
  bookStatement,
  COUNTED_TO,
  type MonthTotal,
  type Slot,
  slotColumns,
} from "@/server/consumption/consumption-statement";
import { totalKey } from "@/server/consumption/report-results";
import { ADMITTED } from "@/server/deployments/admission";
import type { Sql } from "@/server/store/sql";

/** What is asked of a lease, by its run, and the terms by which the process knows that it can be granted. */
export type DirectRequest = {
  run: string;
  sequence: number;
  used: number;
  /** What the lease has to hold then, in minutes. */
  target: number;
  asked: string;
  cap: number;
  block: number;
  /** The definition from which these are. */
  definition: string;
};

/** `is_direct` is the same for all slots of a report: it was booked, or nothing of it was. */
export type DirectResult = BookedSlot & {
  is_direct: boolean;
  lease_booked: number | null;
  lease_hours: number;
};

export type DirectMonth = MonthTotal & { reserved: number };

const REQUEST = {
  ...{ run: "uuid", lease_sequence: "bigint", used: "bigint", target: "bigint", asked: "text" },
  ...{ cap: "bigint", block: "bigint", definition: "uuid" },
};
const SLOT = { is_booked: "boolean", report: "int", pool: "int", lease: "uuid", ...REQUEST };

const ROW = "license = c.license AND allotment = c.allotment AND month = c.month";

/**
 * The slots with their months and their leases under lock. `granted` is what the lease holds afterwards, and `taken`
 * how many minutes of the month others then can't have.
 */
const CHANGED = `
    SELECT c.*, u.total, u.reserved, u.open_leases, h.run AS held_run, h.sequence AS held_sequence,
      h.booked + c.added AS booked, h.granted - h.booked AS reserved_before, h.granted AS granted_before,
      greatest(h.granted, h.booked + c.added) AS covered
    FROM (SELECT *, class = 'time' AND ${ADMITTED} AS is_metered, ${COUNTED_TO} AS sequence,
        (${ADDED})::bigint AS added FROM call OFFSET 0) c
    LEFT JOIN LATERAL (
      SELECT total, reserved, open_leases FROM usage_month WHERE c.is_metered AND ${ROW} FOR UPDATE
    ) u ON true
    LEFT JOIN LATERAL (
      SELECT run, granted, booked, sequence FROM minute_lease
      WHERE u.total IS NOT NULL AND id = c.lease AND ${ROW} AND source = c.source AND state = 'open' FOR UPDATE
    ) h ON true`;

/**
 * Whether so much is free that every request of the month gets what it asks for, in whatever order: also the largest
 * one gets less than its share.
 */
const IS_PLENTY = `(max(taken) OVER pool + block) * (1 + open_leases)
        <= cap - total - reserved - sum(greatest(taken, 0)) OVER pool`;

/** Whether a request gets what it asks for by the rules of `decideLease`, whatever else they look at. */
const IS_GRANTED = `when_offline = 'bounded' AND definition_id = definition AND shares IS NULL
        AND NOT EXISTS (SELECT FROM roster r WHERE r.license = slots.license AND r.hold_until > now)
        AND lease_hours <= lease_days * 24
        AND held_run = run AND held_sequence < lease_sequence AND used >= booked AND ${IS_PLENTY}`;

const DECIDED = `decided AS MATERIALIZED (
  SELECT *, ${ADMITTED} AND bool_and(needs_none) OVER (PARTITION BY report) AS is_direct
  FROM (SELECT *, lease IS NULL OR (granted_before IS NOT NULL AND (target IS NULL OR (${IS_GRANTED})) IS TRUE)
        AS needs_none
    FROM (SELECT *, coalesce(target, covered) AS granted, covered - granted_before AS unleased,
        CASE WHEN lease IS NULL THEN added ELSE coalesce(target, covered) - granted_before END AS taken
      FROM (${CHANGED}) changed OFFSET 0) slots WINDOW pool AS (PARTITION BY pool)) slots
)`;

const BOOKING = `booking AS MATERIALIZED (
  SELECT slot, license, allotment, month, source, day, now, stored, sequence, added
  FROM decided WHERE is_direct AND is_booked AND is_metered
)`;

const SUMS = `sums AS MATERIALIZED (
  SELECT license, allotment, month, total IS NOT NULL AS is_begun, sum(added) AS added,
    coalesce(sum(granted - booked - reserved_before), 0) AS reserved,
    coalesce(sum(added - unleased), 0) AS leased
  FROM decided WHERE is_direct AND is_metered GROUP BY pool, 1, 2, 3, 4
)`;

const KNOWN = `known_total AS (
  UPDATE usage_month m SET total = m.total + s.added, reserved = m.reserved + s.reserved,
    leased = m.leased + s.leased
  FROM sums s WHERE s.is_begun AND m.license = s.license AND m.allotment = s.allotment AND m.month = s.month
  RETURNING m.license, m.allotment, m.month, m.total, m.reserved
)`;

const BEGUN = `begun_total AS (
  INSERT INTO usage_month (license, allotment, month, total)
  SELECT license, allotment, month, added FROM sums WHERE NOT is_begun ORDER BY 1, 2, 3
  ON CONFLICT (license, allotment, month) DO UPDATE SET total = usage_month.total + excluded.total
  RETURNING license, allotment, month, total, reserved
)`;

const TOTAL = "total AS (SELECT * FROM known_total UNION ALL SELECT * FROM begun_total)";

const LEASED = `leased AS (
  UPDATE minute_lease m SET granted = d.granted, booked = d.booked, last_contact = d.now,
    sequence = coalesce(d.lease_sequence, m.sequence), asked = coalesce(d.asked, m.asked),
    expires = CASE WHEN d.asked IS NULL THEN m.expires ELSE d.now + d.lease_hours * interval '1 hour' END
  FROM decided d WHERE m.license = d.license AND m.id = d.lease AND d.is_direct AND (d.added > 0 OR d.asked IS NOT NULL)
)`;

/**
 * Books reports whose leases need no decision: their minutes are booked on the leases that they name, and each request
 * gets what it asks for, because plenty is free. Of a report with any other lease nothing is booked.
 */
const BOOK_DIRECTLY = bookStatement("consumption_book_direct", {
  slot: SLOT,
  columns: ["l.lease_hours"],
  decided: [DECIDED, BOOKING],
  totals: [SUMS, KNOWN, BEGUN, TOTAL, LEASED],
  results: {
    months: [
      "reserved",
      "NULL::boolean AS is_direct",
      "NULL::bigint AS lease_booked",
      "NULL::int AS lease_hours",
    ],
    slots: ["NULL", "is_direct", "booked", "lease_hours"],
    from: "decided",
  },
});

/** What a statement is told of a slot's lease, beside the slot. */
export type DirectLease = { lease: string | null; request: DirectRequest | null };

/** Books slots. `reports` and `leases` say of each which report it is of, and what it says of a lease. */
export function bookDirectly(
  sql: Pick<Sql, "query">,
  slots: readonly Slot[],
  { reports, leases }: { reports: readonly number[]; leases: readonly DirectLease[] },
  now: Date,
) {
  const asked = (name: keyof DirectRequest) => leases.map(({ request }) => request?.[name] ?? null);
  return booked<Omit<DirectResult, keyof BookedSlot>, Pick<DirectMonth, "reserved">>(sql, BOOK_DIRECTLY, [
    ...slotColumns(slots, now),
    arrayText(slots.map(({ isBooked }) => isBooked)),
    arrayText(reports),
    arrayText(poolsOf(slots)),
    arrayText(leases.map(({ lease }) => lease)),
    ...REQUEST_VALUES.map((name) => arrayText(asked(name))),
  ]);
}

const REQUEST_VALUES = ["run", "sequence", "used", "target", "asked", "cap", "block", "definition"] as const;

/** An array parameter of values that need no escaping: writing it takes a fraction of the driver's time. */
function arrayText(values: readonly (string | number | boolean | null)[]): string {
  return `{${values.map((value) => (typeof value === "string" ? `"${value}"` : (value ?? "NULL"))).join(",")}}`;
}

/** The same number for all slots of a license's month of an allotment. */
function poolsOf(slots: readonly Slot[]): number[] {
  const known = new Map<string, number>();
  return slots.map(({ caller, allotment, month }) => {
    const key = totalKey(caller.key.license, allotment ?? "", month ?? "");
    const pool = known.get(key) ?? known.size;
    known.set(key, pool);
    return pool;
  });
}
