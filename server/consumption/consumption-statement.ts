import type { Month } from "@/domain/month";
import { minuteShares, type ShareRow } from "@/server/checkouts/checkout-shares";
import {
  ADMITTED,
  type AdmissionStatus,
  type AdmittedLicense,
  type Caller,
  outOfScope,
} from "@/server/deployments/admission";
import { callColumns, callRows, callStatement } from "@/server/deployments/call-statement";
import type { Track } from "@/server/deployments/suspicions";
import type { Sql, Statement } from "@/server/store/sql";
import { StoreWentBack } from "@/server/store/timeline";

/** All minutes that one source reports for one allotment and month, from any number of elements. */
export type Slot = {
  caller: Caller;
  /** The allotment's key and the month; both null if a request has nothing to book. */
  allotment: string | null;
  month: Month | null;
  day: string | null;
  /** Minutes without a sequence: always added. */
  plain: number;
  /** [sequence, consumption] pairs with distinct sequences; those above the stored sequence are added. */
  steps: [number, number][];
  /** Whether elements, and requests for leases of a month that isn't over, belong to it. */
  isBooked: boolean;
  isLeased: boolean;
};

/** The result of booking a slot. `class` is null if the license never had the allotment, or has it for other products. */
export type BookedSlot = AdmissionStatus &
  Pick<AdmittedLicense, "license" | "definition_id" | "grace_days" | "when_offline"> &
  Track & {
    slot: number;
    class: "assigned" | "time" | null;
    /** The last sequence that was counted before this statement. */
    stored: number;
    /** The month's reservations, with what their sources had booked before this statement: never too little. */
    shares: ShareRow[] | null;
  };

export type MonthTotal = { license: string; allotment: string; month: Month; total: number };

type Row = BookedSlot & MonthTotal & { kind: "slot" | "month" };

const SLOT = {
  ...{ allotment: "text", month: "text", day: "date" },
  ...{ plain: "bigint", steps: "text", top: "bigint" },
};
/** The months of bounded licenses for which leases are asked: their rows are written too, to lock them. */
const LEASED = `
    UNION ALL SELECT license, allotment, month, 0 FROM call
    WHERE is_leased AND when_offline = 'bounded' AND class = 'time' AND ${ADMITTED}`;

/**
 * Books slots of any licenses in one statement. It decides what exists and what is added, nothing else. A month row
 * is written even if nothing is added, so that its total is exact beside simultaneous reports. A first report that
 * collides with its duplicate from another replica fails with a unique violation and is run again.
 */
const bookStatement = (
  name: string,
  {
    slot = SLOT,
    which = "",
    months = "",
  }: { slot?: Record<string, string>; which?: string; months?: string },
) =>
  callStatement(name, {
    calls: `${callRows(slot)} ORDER BY license, allotment, month, source`,
    columns: ["t.class", "u.sequence AS stored", `${minuteShares("t", "c.month")} AS shares`],
    joins: `
  LEFT JOIN allotment t ON t.license = c.license AND t.key = c.allotment AND NOT ${outOfScope("t")}
  LEFT JOIN LATERAL (
    SELECT sequence FROM usage
    WHERE license = k.license AND allotment = t.key AND month = c.month AND source = c.source
    FOR UPDATE
  ) u ON true`,
    stamp: "last_report",
    work: [
      `booking AS MATERIALIZED (
  SELECT slot, license, allotment, month, source, day, now, stored, greatest(coalesce(stored, 0), top) AS sequence,
    plain + CASE WHEN steps IS NULL THEN 0 ELSE coalesce((
      SELECT sum((step ->> 1)::bigint) FROM json_array_elements(steps::json) step
      WHERE (step ->> 0)::bigint > coalesce(stored, 0)), 0) END AS added
  FROM call WHERE class = 'time' AND ${ADMITTED} ${which}
)`,
      `counted AS (
  INSERT INTO usage (license, allotment, month, source, consumed, sequence)
  SELECT license, allotment, month, source, added, sequence FROM booking
  WHERE stored IS NOT NULL AND (added > 0 OR sequence > stored)
  ORDER BY license, allotment, month, source
  ON CONFLICT (license, allotment, month, source)
    DO UPDATE SET consumed = usage.consumed + excluded.consumed, sequence = excluded.sequence
)`,
      `first AS (
  INSERT INTO usage (license, allotment, month, source, consumed, sequence)
  SELECT license, allotment, month, source, added, sequence FROM booking WHERE stored IS NULL
  ORDER BY license, allotment, month, source
)`,
      `total AS (
  INSERT INTO usage_month (license, allotment, month, total)
  SELECT license, allotment, month, sum(added)
  FROM (SELECT license, allotment, month, added FROM booking ${months}) part GROUP BY license, allotment, month
  ORDER BY license, allotment, month
  ON CONFLICT (license, allotment, month) DO UPDATE SET total = usage_month.total + excluded.total
  RETURNING license, allotment, month, total
)`,
      `daily AS (
  INSERT INTO usage_day (license, allotment, month, day, source, consumed)
  SELECT license, allotment, month, day, source, added FROM booking WHERE added > 0
  ORDER BY license, allotment, month, day, source
  ON CONFLICT (license, allotment, month, day, source) DO UPDATE SET consumed = usage_day.consumed + excluded.consumed
)`,
      `late AS (
  INSERT INTO usage_late (license, allotment, arrived, month, source, consumed, reports)
  SELECT license, allotment, (now AT TIME ZONE 'UTC')::date, month, source, added, 1 FROM booking
  WHERE added > 0 AND month < to_char(now AT TIME ZONE 'UTC', 'YYYY-MM')
  ORDER BY license, allotment, month, source
  ON CONFLICT (license, allotment, arrived, month, source)
    DO UPDATE SET consumed = usage_late.consumed + excluded.consumed, reports = usage_late.reports + 1
)`,
    ],
    result: `
SELECT 'month' AS kind, NULL::bigint AS slot, license, allotment, month, total, NULL::bigint AS stored, NULL AS class,
  NULL::boolean AS on_timeline, NULL::jsonb AS refusal, NULL AS scope, NULL::uuid AS definition_id,
  NULL::int AS grace_days, NULL AS when_offline, NULL::jsonb AS evidence, NULL::jsonb AS moved,
  NULL::json AS shares
FROM total
UNION ALL
SELECT 'slot', slot, license, allotment, month, NULL, coalesce(stored, 0), class::text,
  on_timeline, refusal, scope, definition_id, grace_days, when_offline, evidence, moved, shares
FROM call`,
  });

const BOOK = bookStatement("consumption_book", {});
const BOOK_WITH_LEASES = bookStatement("consumption_book_leases", {
  slot: { ...SLOT, is_booked: "boolean", is_leased: "boolean" },
  which: "AND is_booked",
  months: LEASED,
});

/** Throws `StoreWentBack` with nothing booked if the database is on another timeline than the installation has recorded. */
export function bookSlots(sql: Pick<Sql, "query">, slots: Slot[], now: Date) {
  return booked(sql, BOOK, [...callColumns(slots, now), ...columns(slots)]);
}

/** The same; afterwards the caller's transaction also holds the locks of the months for which leases are asked. */
export function bookSlotsWithLeases(sql: Pick<Sql, "query">, slots: Slot[], now: Date) {
  const more = [slots.map(({ isBooked }) => isBooked), slots.map(({ isLeased }) => isLeased)];
  return booked(sql, BOOK_WITH_LEASES, [...callColumns(slots, now), ...columns(slots), ...more]);
}

async function booked(sql: Pick<Sql, "query">, statement: Statement, values: unknown[]) {
  const rows = await sql.query<Row>(statement, values);
  const slots: BookedSlot[] = [];
  const totals: MonthTotal[] = [];
  for (const row of rows) {
    if (row.kind === "month") totals.push(row);
    else slots[row.slot - 1] = row;
  }
  if (slots.some(({ on_timeline }) => !on_timeline)) throw new StoreWentBack({ by: "timeline" });
  return { booked: slots, totals };
}

function columns(slots: Slot[]): unknown[][] {
  const of = <T>(value: (slot: Slot) => T) => slots.map(value);
  return [
    of(({ allotment }) => allotment),
    of(({ month }) => month),
    of(({ day }) => day),
    of(({ plain }) => plain),
    of(({ steps }) => (steps.length === 0 ? null : JSON.stringify(steps))),
    of(({ steps }) => steps.reduce((top, [sequence]) => Math.max(top, sequence), 0)),
  ];
}
