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

/** The columns of a slot in a statement, with their types. */
const SLOT = {
  ...{ allotment: "text", month: "text", day: "date" },
  ...{ plain: "bigint", steps: "text", top: "bigint" },
};
/** The months of bounded licenses for which leases are asked: their rows are written too, to lock them. */
const LEASED = `
    UNION ALL SELECT license, allotment, month, 0 FROM call
    WHERE is_leased AND when_offline = 'bounded' AND class = 'time' AND ${ADMITTED}`;

/** The minutes of a row of `call` that weren't counted before, and the last sequence that then is. */
export const ADDED = `plain + CASE WHEN steps IS NULL THEN 0 ELSE coalesce((
      SELECT sum((step ->> 1)::bigint) FROM json_array_elements(steps::json) step
      WHERE (step ->> 0)::bigint > coalesce(stored, 0)), 0) END`;
export const COUNTED_TO = "greatest(coalesce(stored, 0), top)";

const booking = (which: string) => `booking AS MATERIALIZED (
  SELECT slot, license, allotment, month, source, day, now, stored, ${COUNTED_TO} AS sequence,
    ${ADDED} AS added
  FROM call WHERE class = 'time' AND ${ADMITTED} ${which}
)`;

const total = (months: string) => `total AS (
  INSERT INTO usage_month (license, allotment, month, total)
  SELECT license, allotment, month, sum(added)
  FROM (SELECT license, allotment, month, added FROM booking ${months}) part GROUP BY license, allotment, month
  ORDER BY license, allotment, month
  ON CONFLICT (license, allotment, month) DO UPDATE SET total = usage_month.total + excluded.total
  RETURNING license, allotment, month, total
)`;

const MONTH_COLUMNS = `'month' AS kind, NULL::bigint AS slot, license, allotment, month, total, NULL::bigint AS stored,
  NULL AS class, NULL::boolean AS on_timeline, NULL::jsonb AS refusal, NULL AS scope, NULL::uuid AS definition_id,
  NULL::int AS grace_days, NULL AS when_offline, NULL::jsonb AS evidence, NULL::jsonb AS moved, NULL::json AS shares`;
const SLOT_COLUMNS = `'slot', slot, license, allotment, month, NULL, coalesce(stored, 0), class::text,
  on_timeline, refusal, scope, definition_id, grace_days, when_offline, evidence, moved, shares`;

/** How a statement differs from the one that books reports without leases. */
type Booking = {
  /** More columns of a slot, with their types. */
  slot?: Record<string, string>;
  /** More columns of `call`, and the joins that they need. */
  columns?: string[];
  joins?: string;
  /** The CTEs that end with `booking`, and those that change the months and end with `total`. */
  decided?: string[];
  totals?: string[];
  /** More columns of the rows of months and of slots, and the CTE with the slots. */
  results?: { months: string[]; slots: string[]; from: string };
};

/**
 * Books slots of any licenses in one statement. It decides what exists and what is added, nothing else. A month row
 * is written even if nothing is added, so that its total is exact beside simultaneous reports. A first report that
 * collides with its duplicate from another replica fails with a unique violation and is run again.
 */
export const bookStatement = (
  name: string,
  {
    slot = {},
    columns = [],
    joins = "",
    decided = [booking("")],
    totals = [total("")],
    results = { months: [], slots: [], from: "call" },
  }: Booking,
) =>
  callStatement(name, {
    calls: `${callRows({ ...SLOT, ...slot })} ORDER BY license, allotment, month, source`,
    columns: ["t.class", "u.sequence AS stored", `${minuteShares("t", "c.month")} AS shares`, ...columns],
    joins: `
  LEFT JOIN allotment t ON t.license = c.license AND t.key = c.allotment AND NOT ${outOfScope("t")}
  LEFT JOIN LATERAL (
    SELECT sequence FROM usage
    WHERE license = k.license AND allotment = t.key AND month = c.month AND source = c.source
    FOR UPDATE
  ) u ON true ${joins}`,
    stamp: "last_report",
    work: [
      ...decided,
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
      ...totals,
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
SELECT ${[MONTH_COLUMNS, ...results.months].join(", ")} FROM total
UNION ALL SELECT ${[SLOT_COLUMNS, ...results.slots].join(", ")} FROM ${results.from}`,
  });

const BOOK = bookStatement("consumption_book", {});
const BOOK_WITH_LEASES = bookStatement("consumption_book_leases", {
  slot: { is_booked: "boolean", is_leased: "boolean" },
  decided: [booking("AND is_booked")],
  totals: [total(LEASED)],
});

/** Throws `StoreWentBack` with nothing booked if the database is on another timeline than the installation has recorded. */
export function bookSlots(sql: Pick<Sql, "query">, slots: Slot[], now: Date) {
  return booked(sql, BOOK, slotColumns(slots, now));
}

/** The same; afterwards the caller's transaction also holds the locks of the months for which leases are asked. */
export function bookSlotsWithLeases(sql: Pick<Sql, "query">, slots: Slot[], now: Date) {
  const more = [slots.map(({ isBooked }) => isBooked), slots.map(({ isLeased }) => isLeased)];
  return booked(sql, BOOK_WITH_LEASES, [...slotColumns(slots, now), ...more]);
}

/** Runs a statement that books, and sorts its rows. `Slot` and `Month` are what it returns beyond the usual. */
export async function booked<Slot = object, Month = object>(
  sql: Pick<Sql, "query">,
  statement: Statement,
  values: unknown[],
) {
  const rows = await sql.query<Row & Slot & Month>(statement, values);
  const slots: (BookedSlot & Slot)[] = [];
  const totals: (MonthTotal & Month)[] = [];
  for (const row of rows) {
    if (row.kind === "month") totals.push(row);
    else slots[row.slot - 1] = row;
  }
  if (slots.some(({ on_timeline }) => !on_timeline)) throw new StoreWentBack({ by: "timeline" });
  return { booked: slots, totals };
}

/** The first parameters of a statement that books. */
export function slotColumns(slots: readonly Slot[], now: Date): unknown[] {
  const of = <T>(value: (slot: Slot) => T) => slots.map(value);
  return [
    ...callColumns(slots, now),
    of(({ allotment }) => allotment),
    of(({ month }) => month),
    of(({ day }) => day),
    of(({ plain }) => plain),
    of(({ steps }) => (steps.length === 0 ? null : JSON.stringify(steps))),
    of(({ steps }) => steps.reduce((top, [sequence]) => Math.max(top, sequence), 0)),
  ];
}
