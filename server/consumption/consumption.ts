import type { ReportError } from "@/domain/consumption/report";
import type { Month } from "@/domain/month";
import { minuteShares, type ShareRow } from "@/server/checkouts/checkout-shares";
import { type Admission, admit, type Caller, outOfScope } from "@/server/deployments/admission";
import { callValues, readingStatement } from "@/server/deployments/call-statement";
import { erasOf } from "@/server/licenses/definitions";
import { throughRestores } from "@/server/restores/restores";
import { perProcess } from "@/server/store/per-process";
import { sharedStatement } from "@/server/store/shared-statement";
import { retried, type Sql } from "@/server/store/sql";
import { noteChange } from "@/server/store/statement-result";
import { store } from "@/server/store/store";
import { sqlState } from "@/server/store/store-away";
import { groupReports, type Report } from "./consumption-slots";
import { bookSlots, type MonthTotal } from "./consumption-statement";
import {
  type Booking,
  type MonthTotals,
  monthTotals,
  type ReportResult,
  reportResults,
  reservedIn,
  totalKey,
} from "./report-results";

const MAX_ELEMENTS = 5000;
const MAX_WAITING = 20_000;
const MAX_WAIT_MS = 6000;
const UNIQUE_VIOLATION = "23505";
const TRIES = 4;

const share = () =>
  perProcess("consumption", () =>
    sharedReports((reports) => againBesideTwins(() => retried(() => book(store().sql, reports)))),
  );

/** Lets simultaneous reports share a statement, or a transaction. */
export function sharedReports<Shared, Sent extends Report = Report>(
  run: (reports: Sent[]) => Promise<Shared[]>,
  facts = factsOf,
) {
  return sharedStatement<Sent, Shared>({
    what: "reports",
    run: (reports) => throughRestores(timeOf(reports), () => run(reports)),
    weight: ({ elements, leases = [] }) => Math.max(1, elements.length + leases.length),
    lane: ({ caller }) => `${caller.key.license} ${caller.source}`,
    facts,
    maxElements: MAX_ELEMENTS,
    maxWaiting: MAX_WAITING,
    maxWaitMs: MAX_WAIT_MS,
    atOnce: 1,
    gathers: store().kind === "embedded",
  });
}

function factsOf({ caller: { key, product, version, os, address } }: Report): string {
  return JSON.stringify([key.jti, product, version, os, address]);
}

/**
 * Books a deployment's consumption and returns, element by element, the totals over all deployments. Simultaneous
 * reports of any licenses share one statement and are answered after its commit.
 */
export async function recordConsumption(report: Report): Promise<(ReportResult | ReportError)[]> {
  const booking = await share()(report);
  noteChange(); // Another request may have run the statement for this one.
  return reportResults(store().sql, booking, report);
}

/** Books a report alone, inside the caller's transaction. */
export async function recordAlone(
  tx: Pick<Sql, "query">,
  report: Report,
): Promise<(ReportResult | ReportError)[]> {
  const [booking] = await book(tx, [report]);
  if (!booking) throw new Error("A report was not answered.");
  return reportResults(tx, booking, report);
}

async function book(sql: Pick<Sql, "query">, reports: Report[]): Promise<Booking[]> {
  const grouped = groupReports(reports);
  const { booked, totals } = await bookSlots(sql, grouped.slots, timeOf(reports));
  return bookings(reports, { grouped, booked, totals });
}

/** Each report's part of what was booked together. */
export function bookings(
  reports: readonly Report[],
  { grouped, booked, totals }: Pick<Booking, "grouped" | "booked"> & { totals: MonthTotal[] },
): Booking[] {
  const byMonth = new Map(totals.map((row) => [totalKey(row.license, row.allotment, row.month), row.total]));
  return reports.map((_, report) => ({ grouped, booked, totals: byMonth, report }));
}

export function timeOf([report]: readonly Report[]): Date {
  return report?.now ?? new Date(0);
}

/**
 * The first report of a source and month can collide with its duplicate from another replica; on the next try the row
 * exists.
 */
export async function againBesideTwins<T>(run: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (tries > 1 && sqlState(error) === UNIQUE_VIOLATION) return againBesideTwins(run, tries - 1);
    throw error;
  }
}

const READ = readingStatement("consumption_read", [
  `(SELECT json_agg(json_build_object('name', t.name, 'total', coalesce(m.total, 0), 'shares', ${minuteShares("t", "$11")}) ORDER BY t.name)
    FROM allotment t LEFT JOIN usage_month m ON m.license = t.license AND m.allotment = t.key AND m.month = $11
    WHERE t.license = k.license AND t.class = 'time' AND NOT ${outOfScope("t")}) AS months`,
]);

type ReadMonth = { name: string; total: number; shares: ShareRow[] | null };

/** The totals of a month for every time allotment, without reporting. */
export function readConsumption(caller: Caller, month: Month, now: Date): Promise<MonthTotals[]> {
  return throughRestores(now, () => readTotals(caller, month, now));
}

async function readTotals(caller: Caller, month: Month, now: Date): Promise<MonthTotals[]> {
  type Row = Admission & { months: ReadMonth[] | null };
  const [row] = await store().sql.query<Row>(READ, [...callValues(caller, now), month]);
  const license = admit(row);
  const eras = await erasOf(license.license, license.definition_id);
  return (license.months ?? []).map(({ name, total, shares }) => {
    const reserved = reservedIn(month, shares, caller.source, now);
    return monthTotals(eras, license, caller, { allotment: name, month, total, reserved }, now);
  });
}
