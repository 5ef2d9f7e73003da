import type { ReportElement, ReportError } from "@/domain/consumption/report";
import type { LeaseItem, LeaseItemError } from "@/domain/leases/lease-request";
import { isLeasable } from "@/domain/leases/lease-rules";
import { bookingDay, type Month } from "@/domain/month";
import type { Caller } from "@/server/deployments/admission";
import type { Slot } from "./consumption-statement";

/** One report as a deployment sent it, its elements and its requests for leases parsed. */
export type Report = {
  caller: Caller;
  elements: (ReportElement | ReportError)[];
  leases?: (LeaseItem | LeaseItemError)[];
  now: Date;
};

/** The slots of several reports, and which slot each report and element belongs to. */
export type GroupedReports = {
  slots: Slot[];
  reportSlot: number[];
  elementSlot: Map<ReportElement, number>;
  leaseSlot: Map<LeaseItem, number>;
  /** Elements whose sequence occurs earlier in these reports. */
  repeated: Set<ReportElement>;
};

/** Groups the elements of reports by source, allotment and month; a repeated sequence counts once. */
export function groupReports(reports: readonly Report[]): GroupedReports {
  const grouped: GroupedReports = {
    ...{ slots: [], reportSlot: [] },
    ...{ elementSlot: new Map(), leaseSlot: new Map(), repeated: new Set() },
  };
  const known = new Map<string, number>();
  const sequences = new Set<string>();
  for (const { caller, elements, leases = [], now } of reports) {
    const lane = `${caller.key.license} ${JSON.stringify(caller.source)}`;
    let first: number | undefined;
    const slotFor = (part: { key: string; month: Month }) => {
      const place = `${lane} ${part.month} ${part.key}`;
      const slot = known.get(place) ?? openSlot(grouped, caller, part, now);
      known.set(place, slot);
      first ??= slot;
      return slot;
    };
    for (const element of elements) {
      if (!("key" in element)) continue;
      const slot = slotFor(element);
      grouped.elementSlot.set(element, slot);
      put(grouped, slot, element, sequences);
    }
    for (const item of leases) if ("key" in item) putLease(grouped, slotFor(item), item, now);
    grouped.reportSlot.push(first ?? openSlot(grouped, caller, null, now));
  }
  return grouped;
}

function openSlot(
  { slots }: GroupedReports,
  caller: Caller,
  part: { key: string; month: Month } | null,
  now: Date,
): number {
  const place = part
    ? { allotment: part.key, month: part.month, day: bookingDay(part.month, now) }
    : { allotment: null, month: null, day: null };
  const slot = { caller, ...place, plain: 0, steps: [], isBooked: false, isLeased: false };
  return slots.push(slot) - 1;
}

/** A month that can't be leased is answered without touching its totals. */
function putLease({ slots, leaseSlot }: GroupedReports, index: number, item: LeaseItem, now: Date): void {
  const slot = slots[index];
  if (slot && isLeasable(item.month, now)) slot.isLeased = true;
  leaseSlot.set(item, index);
}

function put(
  { slots, repeated }: GroupedReports,
  index: number,
  element: ReportElement,
  sequences: Set<string>,
): void {
  const slot = slots[index];
  const { sequence, consumption } = element;
  if (!slot) return;
  slot.isBooked = true;
  if (sequence === null) {
    slot.plain += consumption;
  } else if (sequences.has(`${index} ${sequence}`)) {
    repeated.add(element);
  } else {
    sequences.add(`${index} ${sequence}`);
    slot.steps.push([sequence, consumption]);
  }
}
