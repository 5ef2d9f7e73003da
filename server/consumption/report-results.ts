import { capOf, monthGrant, monthStatus } from "@/domain/consumption/quota";
import type { ReportElement, ReportError } from "@/domain/consumption/report";
import { isLeftOut } from "@/domain/leases/bounded-definition";
import type { Era, Overage } from "@/domain/licenses/definition";
import { validityStatus } from "@/domain/licenses/lease";
import type { Month } from "@/domain/month";
import { grantWithout, reservedFrom } from "@/domain/offline/shares";
import type { ReportErrorCode } from "@/domain/refusals/refusal";
import { type Suspicion, suspicionOfSequence } from "@/domain/suspicions";
import { promisedMinutes, type ShareRow } from "@/server/checkouts/checkout-shares";
import { type AdmittedLicense, admit, type Caller } from "@/server/deployments/admission";
import { noteSuspicions } from "@/server/deployments/suspicions";
import { erasOf } from "@/server/licenses/definitions";
import type { Sql } from "@/server/store/sql";
import type { GroupedReports, Report } from "./consumption-slots";
import type { BookedSlot } from "./consumption-statement";

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

/** The fields of a license on which the status of a month depends. */
type Terms = Pick<AdmittedLicense, "license" | "grace_days" | "when_offline">;

const NOTHING = { quota: 0, overage: 0, remaining: 0, denied: true };

/** The result of a shared statement, and the position of one report's part in it. */
export type Booking = {
  grouped: GroupedReports;
  booked: BookedSlot[];
  totals: Map<string, number>;
  report: number;
};

/** Admits the caller of a report, or throws; then its results, element by element. `copies` are further suspicions. */
export async function reportResults(
  sql: Pick<Sql, "query">,
  booking: Booking,
  report: Report,
  copies: Suspicion[] = [],
): Promise<(ReportResult | ReportError)[]> {
  const slot = slotOfReport(booking);
  const license = admit(slot);
  const eras = await erasOf(license.license, license.definition_id, sql);
  const clone = report.elements.map((element) => suspicion(element, booking, report.now));
  if (slot) await noteSuspicions(sql, report.caller, slot, { clone: [...clone, ...copies] }, report.now);
  return report.elements.map((element) =>
    "error" in element ? element : result(element, booking, license, eras, report),
  );
}

/** The slot that decided on the admission of a report. */
export function slotOfReport({ grouped, booked, report }: Booking): BookedSlot | undefined {
  return booked[grouped.reportSlot[report] ?? -1];
}

/** Whether an element was counted before, or occurs earlier in these reports. */
export function isDuplicate(element: ReportElement, { grouped, booked }: Omit<Booking, "report">): boolean {
  if (element.sequence === null) return false;
  const stored = booked[grouped.elementSlot.get(element) ?? -1]?.stored ?? 0;
  return element.sequence <= stored || grouped.repeated.has(element);
}

function suspicion(element: ReportElement | ReportError, { grouped, booked }: Booking, now: Date) {
  if ("error" in element || element.sequence === null) return null;
  const { allotment, month, sequence } = element;
  const counted = booked[grouped.elementSlot.get(element) ?? -1]?.stored ?? 0;
  return suspicionOfSequence({ allotment, month, sequence }, counted, now);
}

function result(
  element: ReportElement,
  booking: Booking,
  license: Terms,
  eras: Era[],
  { caller, now }: Report,
): ReportResult | ReportError {
  const { grouped, booked, totals } = booking;
  const index = grouped.elementSlot.get(element) ?? -1;
  const slot = booked[index];
  if (slot?.class !== "time") return { id: element.id, error: notMetered(element.allotment, slot?.class) };
  const { allotment, month } = element;
  const total = totals.get(totalKey(license.license, element.key, month)) ?? 0;
  const reserved = reservedIn(month, slot.shares, caller.source, now);
  const standing = monthTotals(eras, license, caller, { allotment, month, total, reserved }, now);
  if (element.sequence === null) return answered(element, standing, false);
  const top = grouped.slots[index]?.steps.reduce((most, [sequence]) => Math.max(most, sequence), 0) ?? 0;
  return answered(element, standing, isDuplicate(element, booking), Math.max(slot.stored, top));
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

/** Why minutes of an allotment can't be booked: the license never had it, or has it for other products or for seats. */
export function notMetered(
  allotment: string,
  usage: BookedSlot["class"] | undefined,
): { code: Extract<ReportErrorCode, "UNKNOWN_ALLOTMENT" | "NOT_METERED">; detail: string } {
  if (!usage) return { code: "UNKNOWN_ALLOTMENT", detail: `This license has no allotment "${allotment}".` };
  const detail = `${allotment} counts seats, not minutes, so usage can't be reported for it.`;
  return { code: "NOT_METERED", detail };
}

/** The totals of a month as a caller gets them; one that gets no minutes sees that nothing remains. */
export function monthTotals(
  eras: Era[],
  license: Terms,
  { features }: Pick<Caller, "features">,
  {
    allotment,
    month,
    total,
    reserved,
  }: Pick<MonthTotals, "allotment" | "month" | "total"> & { reserved: number },
  now: Date,
): MonthTotals {
  const whole = monthGrant(eras, allotment, month);
  if (isLeftOut(license.when_offline, features) && capOf(whole) !== null)
    return { allotment, month, total, ...NOTHING };
  const grant = grantWithout(whole, reserved);
  const { quota, overage } = grant;
  const standing = validityStatus(eras.at(-1)?.definition.valid ?? "", now, license.grace_days);
  const { remaining, denied } = monthStatus(grant, total, standing);
  return { allotment, month, total, quota, overage, remaining, denied };
}

/** Minutes that checkouts reserve for sources other than the caller's. */
export function reservedIn(
  month: Month,
  shares: ShareRow[] | null,
  source: string | null,
  now: Date,
): number {
  return shares ? reservedFrom(source, promisedMinutes(shares, month, now)) : 0;
}

export function totalKey(license: string, allotment: string, month: Month): string {
  return `${license} ${month} ${allotment}`;
}
