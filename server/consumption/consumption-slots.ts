import type { ReportElement, ReportError } from "@/domain/consumption/report";
import { bookingDay } from "@/domain/month";
import type { Caller } from "@/server/deployments/admission";
import type { Slot } from "./consumption-statement";

/** One report as a deployment sent it, its elements parsed. */
export type Report = { caller: Caller; elements: (ReportElement | ReportError)[]; now: Date };

/** The slots of several reports, and which slot each report and element belongs to. */
export type GroupedReports = {
  slots: Slot[];
  reportSlot: number[];
  elementSlot: Map<ReportElement, number>;
  /** Elements whose sequence occurs earlier in these reports. */
  repeated: Set<ReportElement>;
};

/** Groups the elements of reports by source, allotment and month; a repeated sequence counts once. */
export function groupReports(reports: Report[]): GroupedReports {
  const grouped: GroupedReports = { slots: [], reportSlot: [], elementSlot: new Map(), repeated: new Set() };
  const known = new Map<string, number>();
  const sequences = new Set<string>();
  for (const { caller, elements, now } of reports) {
    const lane = `${caller.key.license} ${JSON.stringify(caller.source)}`;
    const bookable = elements.filter((element) => "key" in element);
    for (const element of bookable) {
      const place = `${lane} ${element.month} ${element.key}`;
      const slot = known.get(place) ?? openSlot(grouped, caller, element, now);
      known.set(place, slot);
      grouped.elementSlot.set(element, slot);
      put(grouped, slot, element, sequences);
    }
    const [first] = bookable;
    grouped.reportSlot.push(
      (first && grouped.elementSlot.get(first)) ?? openSlot(grouped, caller, null, now),
    );
  }
  return grouped;
}

function openSlot(
  { slots }: GroupedReports,
  caller: Caller,
  element: ReportElement | null,
  now: Date,
): number {
  const place = element
    ? { allotment: element.key, month: element.month, day: bookingDay(element.month, now) }
    : { allotment: null, month: null, day: null };
  return slots.push({ caller, ...place, plain: 0, steps: [] }) - 1;
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
  if (sequence === null) {
    slot.plain += consumption;
  } else if (sequences.has(`${index} ${sequence}`)) {
    repeated.add(element);
  } else {
    sequences.add(`${index} ${sequence}`);
    slot.steps.push([sequence, consumption]);
  }
}
