import type { ReportElement, ReportError } from "@/domain/consumption/report";
import type { Era } from "@/domain/licenses/definition";
import type { Suspicion } from "@/domain/suspicions";
import type { Actor } from "@/server/access/actor";
import { appendEvents } from "@/server/audit/audit";
import { againBesideTwins, bookings, sharedReports, timeOf } from "@/server/consumption/consumption";
import { type GroupedReports, groupReports, type Report } from "@/server/consumption/consumption-slots";
import { bookSlotsWithLeases } from "@/server/consumption/consumption-statement";
import {
  type Booking,
  isDuplicate,
  type ReportResult,
  reportResults,
  slotOfReport,
} from "@/server/consumption/report-results";
import { erasOf } from "@/server/licenses/definitions";
import { perProcess } from "@/server/store/per-process";
import type { Sql } from "@/server/store/sql";
import { noteChange } from "@/server/store/statement-result";
import { store } from "@/server/store/store";
import { recordDirectly } from "./direct-leases";
import { changesOf, type LeaseChanges } from "./lease-changes";
import { type Asker, decideRequest, type LeaseResult, settle } from "./lease-decisions";
import { bookRecovered, loadLeases, saveLeases } from "./lease-statements";

/** The results of a report with leases. */
export type LeasedReport = { consumption: (ReportResult | ReportError)[]; leases: LeaseResult[] };

type LeasedBooking = Booking & { leases: LeaseResult[] };
type Query = Pick<Sql, "query">;

/** Thrown by a transaction that has to write the audit and doesn't hold its lock; nothing of it was committed. */
class AuditNotLocked extends Error {}

const LOCK_LOG_HEADS = {
  name: "roster_lock_many",
  text: "SELECT license FROM roster WHERE license = ANY ($1::text[]) ORDER BY license FOR NO KEY UPDATE",
};

const share = () =>
  perProcess("consumption-leases", () =>
    sharedReports<LeasedBooking>((reports) =>
      againBesideTwins(() =>
        withAuditLock((isLocked) => store().sql.transaction((tx) => bookWithLeases(tx, reports, isLocked))),
      ),
    ),
  );

/** Whether a report needs `recordWithLeases`: it asks for minutes, or an element names the lease that paid for it. */
export function hasLeases({ elements, leases = [] }: Report): boolean {
  return leases.length > 0 || elements.some((element) => "key" in element && element.lease !== undefined);
}

/**
 * Books a report and then decides its requests for leases, all in one transaction, which simultaneous ones share. An
 * element that names its lease is booked on it.
 */
export async function recordWithLeases(report: Report): Promise<LeasedReport> {
  const direct = await recordDirectly(report);
  if (direct) return resultsOf(store().sql, direct, report);
  const booking = await share()(report);
  noteChange(); // Another request may have run the transaction for this one.
  return resultsOf(store().sql, booking, report);
}

/** The same for one report, inside the caller's transaction, which `withAuditLock` runs. */
export async function recordLeasesAlone(tx: Query, report: Report, isLocked: boolean): Promise<LeasedReport> {
  const [booking] = await bookWithLeases(tx, [report], isLocked);
  if (!booking) throw new Error("A report was not answered.");
  return resultsOf(tx, booking, report);
}

/**
 * Runs a transaction, and once more under the lock of the log heads if it has to write the audit: only after a restore
 * of the store, since every other report leaves that lock alone.
 */
export async function withAuditLock<T>(run: (isLocked: boolean) => Promise<T>): Promise<T> {
  try {
    return await run(false);
  } catch (error) {
    if (error instanceof AuditNotLocked) return run(true);
    throw error;
  }
}

async function resultsOf(sql: Query, booking: LeasedBooking, report: Report): Promise<LeasedReport> {
  const copies = booking.leases.flatMap(copySuspicion);
  return { consumption: await reportResults(sql, booking, report, copies), leases: booking.leases };
}

function copySuspicion(result: LeaseResult): Suspicion[] {
  if (!("error" in result) || !("lease" in result) || result.error.code !== "RUN_COPIED") return [];
  return [{ code: "run-copied", allotment: result.allotment, month: result.month }];
}

async function bookWithLeases(tx: Query, reports: Report[], isLocked: boolean): Promise<LeasedBooking[]> {
  if (isLocked) await tx.query(LOCK_LOG_HEADS, [reports.map(({ caller }) => caller.key.license)]);
  const grouped = groupReports(reports);
  const [booked, loaded] = await Promise.all([
    bookSlotsWithLeases(tx, grouped.slots, timeOf(reports)),
    loadLeases(tx, wantedOf(grouped, reports)),
  ]);
  const parts = bookings(reports, { grouped, ...booked });
  const changes = changesOf(loaded);
  const askers: (Asker | null)[] = [];
  for (const [i, report] of reports.entries()) askers.push(await askerOf(tx, report, parts[i]));
  reports.forEach((report, i) => {
    settleAll(changes, report, parts[i], askers[i]);
  });
  const answers = reports.map((report, i) => answerAll(changes, report, parts[i], askers[i]));
  await saveAll(tx, changes, reports, isLocked);
  return parts.map((part, i) => ({ ...part, leases: answers[i] ?? [] }));
}

/** What is loaded for reports: the totals of their months, and leases of their runs and those that elements name. */
function wantedOf({ slots }: GroupedReports, reports: Report[]) {
  const places = slots.flatMap(({ caller: { key, source }, allotment, month }) =>
    allotment === null || month === null
      ? []
      : [{ license: key.license, allotment, month, source: source ?? "" }],
  );
  const items = reports.flatMap(({ leases = [] }) => leases);
  const elements = reports.flatMap((report) => report.elements);
  return {
    places,
    runs: items.flatMap((item) => ("run" in item ? [item.run] : [])),
    ids: elements.flatMap((element) => ("key" in element && element.lease ? [element.lease] : [])),
  };
}

/** Null for a caller that isn't admitted: its report is refused after the transaction. */
async function askerOf(tx: Query, { caller, now }: Report, part?: Booking): Promise<Asker | null> {
  const slot = part && slotOfReport(part);
  if (!slot || slot.refusal) return null;
  const eras: Era[] = await erasOf(slot.license, slot.definition_id, tx);
  return { license: slot.license, source: caller.source ?? "", eras, now };
}

function settleAll(changes: LeaseChanges, { elements }: Report, part?: Booking, asker?: Asker | null): void {
  if (!part || !asker) return;
  const isCounted = (element: ReportElement) =>
    part.booked[part.grouped.elementSlot.get(element) ?? -1]?.class === "time" && !isDuplicate(element, part);
  for (const element of elements)
    if ("key" in element && element.lease && element.consumption > 0 && isCounted(element))
      settle(changes, asker, element);
}

function answerAll(
  changes: LeaseChanges,
  { leases = [] }: Report,
  part?: Booking,
  asker?: Asker | null,
): LeaseResult[] {
  if (!part || !asker) return [];
  return leases.map((item) =>
    "key" in item
      ? decideRequest(changes, asker, item, part.booked[part.grouped.leaseSlot.get(item) ?? -1])
      : item,
  );
}

async function saveAll(
  tx: Query,
  changes: LeaseChanges,
  reports: Report[],
  isLocked: boolean,
): Promise<void> {
  if (changes.adoptions.length > 0 && !isLocked) throw new AuditNotLocked("The log head isn't locked.");
  await bookRecovered(tx, changes.recovered);
  saveLeases(tx, [...changes.changed.values()], [...changes.moves.values()]);
  const now = timeOf(reports);
  for (const license of new Set(changes.adoptions.map((adoption) => adoption.license))) {
    const events = changes.adoptions
      .filter((adoption) => adoption.license === license)
      .map(({ lease, details }) => ({ action: "lease.adopted" as const, object: lease, details }));
    await appendEvents(tx, license, actorOf(license, reports), now, events);
  }
}

function actorOf(license: string, reports: Report[]): Actor {
  const key = reports.find(({ caller }) => caller.key.license === license)?.caller.key;
  return { kind: "product", id: key?.jti ?? license };
}
