import { monthGrant, monthStatus } from "@/domain/consumption/quota";
import type { ReportElement, ReportError } from "@/domain/consumption/report";
import type { Era, Overage } from "@/domain/licenses/definition";
import { validityStatus } from "@/domain/licenses/lease";
import type { Month } from "@/domain/month";
import { grantWithout, reservedFrom } from "@/domain/offline/shares";
import type { ReportErrorCode } from "@/domain/refusals/refusal";
import { suspicionOfSequence } from "@/domain/suspicions";
import { minuteShares, promisedMinutes, type ShareRow } from "@/server/checkouts/checkout-shares";
import {
  type Admission,
  type AdmittedLicense,
  admit,
  type Caller,
  outOfScope,
} from "@/server/deployments/admission";
import { callValues, readingStatement } from "@/server/deployments/call-statement";
import { noteSuspicions } from "@/server/deployments/suspicions";
import { erasOf } from "@/server/licenses/definitions";
import { throughRestores } from "@/server/restores/restores";
import { perProcess } from "@/server/store/per-process";
import { sharedStatement } from "@/server/store/shared-statement";
import { retried, type Sql } from "@/server/store/sql";
import { noteChange } from "@/server/store/statement-result";
import { store } from "@/server/store/store";
import { sqlState } from "@/server/store/store-away";
import { type GroupedReports, groupReports, type Report } from "./consumption-slots";
import { type BookedSlot, bookSlots } from "./consumption-statement";

/** The totals of one month of an allotment, over all deployments. */
export type MonthTotals = {
  allotment: string;
  month: Month;
  total: number;
  quota: number;
  overage: Overage;
  remaining: number | null;
  denied: boolean;
};

/** `sequence` is the last one that was counted: a higher one than the client sent shows it that it was restored or cloned. */
export type ReportResult = MonthTotals & { id?: string | number; duplicate: boolean; sequence?: number };

/** The fields of a license that the status of a month needs. */
type Graced = Pick<AdmittedLicense, "license" | "grace_days">;

/** The result of a shared statement, and the position of one report's part in it. */
type Booking = { grouped: GroupedReports; booked: BookedSlot[]; totals: Map<string, number>; report: number };

const MAX_ELEMENTS = 5000;
const MAX_WAITING = 20_000;
const MAX_WAIT_MS = 6000;
const UNIQUE_VIOLATION = "23505";
const TRIES = 4;

const share = () =>
  perProcess("consumption", () =>
    sharedStatement<Report, Booking>({
      what: "reports",
      run: (reports) =>
        throughRestores(timeOf(reports), () =>
          againBesideTwins(() => retried(() => book(store().sql, reports))),
        ),
      weight: ({ elements }) => Math.max(1, elements.length),
      lane: ({ caller }) => `${caller.key.license} ${caller.source}`,
      facts: ({ caller: { key, product, version, os, address } }) =>
        JSON.stringify([key.jti, product, version, os, address]),
      maxElements: MAX_ELEMENTS,
      maxWaiting: MAX_WAITING,
      maxWaitMs: MAX_WAIT_MS,
      atOnce: 1,
      gathers: store().kind === "embedded",
    }),
  );

/**
 * Books a deployment's consumption and returns, element by element, the totals over all deployments. Simultaneous
 * reports of any licenses share one statement and are answered after its commit.
 */
export async function recordConsumption(report: Report): Promise<(ReportResult | ReportError)[]> {
  const booking = await share()(report);
  noteChange(); // Another request may have run the statement for this one.
  return results(store().sql, booking, report);
}

/** Books a report alone, inside the caller's transaction. */
export async function recordAlone(
  tx: Pick<Sql, "query">,
  report: Report,
): Promise<(ReportResult | ReportError)[]> {
  const [booking] = await book(tx, [report]);
  if (!booking) throw new Error("A report was not answered.");
  return results(tx, booking, report);
}

async function results(
  sql: Pick<Sql, "query">,
  booking: Booking,
  report: Report,
): Promise<(ReportResult | ReportError)[]> {
  const slot = booking.booked[booking.grouped.reportSlot[booking.report] ?? -1];
  const license = admit(slot);
  const eras = await erasOf(license.license, license.definition_id, sql);
  const clone = report.elements.map((element) => suspicion(element, booking, report.now));
  if (slot) await noteSuspicions(sql, report.caller, slot, { clone }, report.now);
  return report.elements.map((element) =>
    "error" in element ? element : result(element, booking, license, eras, report),
  );
}

function suspicion(element: ReportElement | ReportError, { grouped, booked }: Booking, now: Date) {
  if ("error" in element || element.sequence === null) return null;
  const { allotment, month, sequence } = element;
  const counted = booked[grouped.elementSlot.get(element) ?? -1]?.stored ?? 0;
  return suspicionOfSequence({ allotment, month, sequence }, counted, now);
}

async function book(sql: Pick<Sql, "query">, reports: Report[]): Promise<Booking[]> {
  const grouped = groupReports(reports);
  const { booked, totals } = await bookSlots(sql, grouped.slots, timeOf(reports));
  const byMonth = new Map(totals.map((row) => [totalKey(row.license, row.allotment, row.month), row.total]));
  return reports.map((_, report) => ({ grouped, booked, totals: byMonth, report }));
}

function timeOf([report]: Report[]): Date {
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

function result(
  element: ReportElement,
  { grouped, booked, totals }: Booking,
  license: Graced,
  eras: Era[],
  { caller, now }: Report,
): ReportResult | ReportError {
  const index = grouped.elementSlot.get(element) ?? -1;
  const slot = booked[index];
  if (slot?.class !== "time") return notBooked(element, slot);
  const total = totals.get(totalKey(license.license, element.key, element.month)) ?? 0;
  const reserved = reservedIn(element.month, slot.shares, caller.source, now);
  const standing = monthTotals(eras, license, element, { total, reserved }, now);
  if (element.sequence === null) return answered(element, standing, false);
  const top = grouped.slots[index]?.steps.reduce((most, [sequence]) => Math.max(most, sequence), 0) ?? 0;
  const duplicate = element.sequence <= slot.stored || grouped.repeated.has(element);
  return answered(element, standing, duplicate, Math.max(slot.stored, top));
}

/** Written member by member: spreading objects costs more than everything else in a result. */
function answered(
  { id }: ReportElement,
  { allotment, month, total, quota, overage, remaining, denied }: MonthTotals,
  duplicate: boolean,
  sequence?: number,
): ReportResult {
  return { id, allotment, month, total, quota, overage, remaining, denied, duplicate, sequence };
}

function notBooked({ id, allotment }: ReportElement, slot: BookedSlot | undefined): ReportError {
  const fault = (code: ReportErrorCode, detail: string): ReportError => ({
    id,
    error: { code, detail },
  });
  if (!slot?.class) return fault("UNKNOWN_ALLOTMENT", `This license has no allotment "${allotment}".`);
  return fault("NOT_METERED", `${allotment} counts seats, not minutes, so usage can't be reported for it.`);
}

function monthTotals(
  eras: Era[],
  license: Graced,
  { allotment, month }: { allotment: string; month: Month },
  { total, reserved }: { total: number; reserved: number },
  now: Date,
): MonthTotals {
  const grant = grantWithout(monthGrant(eras, allotment, month), reserved);
  const { quota, overage } = grant;
  const standing = validityStatus(eras.at(-1)?.definition.valid ?? "", now, license.grace_days);
  const { remaining, denied } = monthStatus(grant, total, standing);
  return { allotment, month, total, quota, overage, remaining, denied };
}

/** Minutes that checkouts reserve for sources other than the caller's. */
function reservedIn(month: Month, shares: ShareRow[] | null, source: string | null, now: Date): number {
  return shares ? reservedFrom(source, promisedMinutes(shares, month, now)) : 0;
}

function totalKey(license: string, allotment: string, month: Month): string {
  return `${license} ${month} ${allotment}`;
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
    return monthTotals(eras, license, { allotment: name, month }, { total, reserved }, now);
  });
}
