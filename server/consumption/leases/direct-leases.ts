import { capOf, grantSoFar } from "@/domain/consumption/quota";
import type { ReportElement } from "@/domain/consumption/report";
import { LEASE_HOURS } from "@/domain/leases/bounded-definition";
import type { LeaseItem } from "@/domain/leases/lease-request";
import { freeIn, isLeasable, requestText } from "@/domain/leases/lease-rules";
import { allotmentNamed } from "@/domain/licenses/definition";
import { leaseEnd } from "@/domain/licenses/lease";
import { DAY } from "@/domain/month";
import { againBesideTwins, bookings, sharedReports, timeOf } from "@/server/consumption/consumption";
import { type GroupedReports, groupReports, type Report } from "@/server/consumption/consumption-slots";
import { type Booking, slotOfReport, totalKey } from "@/server/consumption/report-results";
import { knownEras } from "@/server/licenses/definitions";
import { perProcess } from "@/server/store/per-process";
import { retried } from "@/server/store/sql";
import { noteChange } from "@/server/store/statement-result";
import { store } from "@/server/store/store";
import {
  bookDirectly,
  type DirectLease,
  type DirectMonth,
  type DirectRequest,
  type DirectResult,
} from "./direct-statement";
import type { LeaseValues } from "./lease-decisions";

/** What a report says of a month of an allotment: an element or a request of it, and its lease. */
type DirectPart = DirectLease & { element: ReportElement | null; item: LeaseItem | null };
type DirectReport = Report & { parts: DirectPart[] };

type Result = { months: Map<string, DirectMonth>; slots: DirectResult[]; now: Date };
type DirectBooking = { booking: Booking; result: Result };

const HOUR = DAY / 24;
/** The longest time for which minutes are granted. */
const LONGEST_MS = LEASE_HOURS.max * HOUR;

/** Two reports of one source can be about the same lease: they never share, and the second waits for the first. */
function sharing() {
  let count = 0;
  return sharedReports<DirectBooking, DirectReport>(
    (reports) => againBesideTwins(() => retried(() => book(reports))),
    () => String(count++),
  );
}

const share = () => perProcess("consumption-direct-leases", sharing);

/**
 * Books a report whose leases need no decision, in the statement that it shares with others, and answers its requests.
 * Null if one of them does: then nothing of the report was booked.
 */
export async function recordDirectly(report: Report): Promise<(Booking & { leases: LeaseValues[] }) | null> {
  const parts = partsOf(report);
  if (!parts) return null;
  const { booking, result } = await share()({ ...report, parts });
  const slot = slotOfReport(booking);
  if (slot?.refusal) return { ...booking, leases: [] };
  if (!result.slots[(slot?.slot ?? 0) - 1]?.is_direct) return null;
  noteChange(); // Another request may have run the statement for this one.
  return { ...booking, leases: answersOf(report, parts, booking, result) };
}

async function book(reports: readonly DirectReport[]): Promise<DirectBooking[]> {
  const grouped = groupReports(reports);
  const now = timeOf(reports);
  const { booked, totals } = await bookDirectly(store().sql, grouped.slots, leasesIn(grouped, reports), now);
  const months = new Map(totals.map((row) => [totalKey(row.license, row.allotment, row.month), row]));
  const result = { months, slots: booked, now };
  return bookings(reports, { grouped, booked, totals }).map((booking) => ({ booking, result }));
}

const NO_LEASE: DirectLease = { lease: null, request: null };

/** The report of each slot, and what it says of a lease. */
function leasesIn(grouped: GroupedReports, all: readonly DirectReport[]) {
  const reports = grouped.slots.map(() => 0);
  const leases = grouped.slots.map(() => NO_LEASE);
  all.forEach(({ parts }, report) => {
    reports[grouped.reportSlot[report] ?? 0] = report;
    for (const part of parts) {
      const slot = slotOf(grouped, part);
      reports[slot] = report;
      leases[slot] = part;
    }
  });
  return { reports, leases };
}

function slotOf({ elementSlot, leaseSlot }: GroupedReports, { element, item }: DirectPart): number {
  return (element ? elementSlot.get(element) : item && leaseSlot.get(item)) ?? 0;
}

/**
 * What a report says of each month of an allotment. Null if a decision is needed: more than one lease in a month, a
 * new lease, or one whose terms aren't known here or can end early.
 */
function partsOf({ caller, elements, leases = [], now }: Report): DirectPart[] | null {
  const parts = new Map<string, DirectPart>();
  for (const element of elements) {
    if (!("key" in element)) continue;
    const { lease = null } = element;
    const known = parts.get(placeOf(element));
    if (known && known.lease !== lease) return null;
    if (!known) parts.set(placeOf(element), { element, lease, item: null, request: null });
  }
  for (const item of leases) {
    if (!("key" in item) || item.lease === null) return null;
    const known = parts.get(placeOf(item));
    const request = requestOf(caller.key.license, item, now);
    if (!request || (known && (known.lease !== item.lease || known.item))) return null;
    parts.set(placeOf(item), { element: known?.element ?? null, lease: item.lease, item, request });
  }
  return [...parts.values()];
}

function placeOf({ key, month }: { key: string; month: string }): string {
  return `${month} ${key}`;
}

function requestOf(license: string, item: LeaseItem, now: Date): DirectRequest | null {
  const { key, month, run, sequence, used, want } = item;
  const known = knownEras(license);
  const definition = known?.eras.at(-1)?.definition;
  if (!definition || !isLeasable(month, now) || endsEarly(definition.valid, now)) return null;
  const cap = capOf(grantSoFar(known.eras, key, month, now));
  const block = allotmentNamed(definition, key)?.usage.minimum;
  if (cap === null || !block) return null;
  const asked = requestText(item);
  return { run, sequence, used, target: used + want, asked, cap, block, definition: known.latest };
}

/** Whether a license ends, or may not be used any more, before minutes that are granted now would expire. */
function endsEarly(valid: string, now: Date): boolean {
  const end = leaseEnd(valid, now, { leaseDays: LONGEST_MS / DAY, graceDays: 0 });
  return end.getTime() < now.getTime() + LONGEST_MS;
}

function answersOf(
  { leases = [] }: Pick<Report, "leases">,
  parts: readonly DirectPart[],
  { grouped }: Booking,
  result: Result,
): LeaseValues[] {
  return leases.map((item) => {
    const part = parts.find((each) => each.item === item);
    const slot = part && result.slots[slotOf(grouped, part)];
    if (!part?.item || !part.request || !slot) throw new Error("A request for a lease was not answered.");
    return answerOf(part.item, part.request, slot, result);
  });
}

function answerOf(
  { id, allotment, key, month, sequence, lease }: LeaseItem,
  { target: granted, cap, block }: DirectRequest,
  { license, lease_booked, lease_hours }: DirectResult,
  { months, now }: Result,
): LeaseValues {
  const { total = 0, reserved = 0 } = months.get(totalKey(license, key, month)) ?? {};
  const free = freeIn({ cap, total, reserved, open: 0, block });
  const expires = new Date(now.getTime() + lease_hours * HOUR).toISOString();
  const booked = lease_booked ?? 0;
  return {
    id,
    lease: lease ?? "",
    allotment,
    month,
    sequence,
    granted,
    booked,
    total,
    reserved,
    cap,
    free,
    expires,
  };
}
