import { count } from "@/components/text/numbers";
import { whyNotAssigned } from "@/domain/assignments/seat-sentences";
import type { SheetFilter, SheetRow } from "./import-sheet";

/** The allotments of a license that have seats, with their units in force. */
export type SeatUnits = { name: string; units: number };

export const FILTERS: { filter: SheetFilter; name: string }[] = [
  { filter: "all", name: "All" },
  { filter: "add", name: "Assign" },
  { filter: "convert", name: "Convert" },
  { filter: "added", name: "Assigned" },
  { filter: "converted", name: "Converted" },
  { filter: "already", name: "Already assigned" },
  { filter: "left-out", name: "Skipped" },
  { filter: "no-units", name: "No seats left" },
  { filter: "same-row", name: "Duplicate" },
  { filter: "bad-subject", name: "Invalid user" },
  { filter: "unknown-allotment", name: "Unknown allotment" },
  { filter: "not-assignable", name: "Can’t be assigned to users" },
  { filter: "not-valid", name: "License not valid" },
  { filter: "refused", name: "Refused" },
];

/** The result of a row; for a skipped row, the reason and what to do. */
export function rowLabel(row: SheetRow, seats: readonly SeatUnits[]): string {
  switch (row.outcome) {
    case "add":
      return "Will be assigned";
    case "convert":
      return `Will be converted from ${row.from}`;
    case "already":
      return "Already assigned";
    case "added":
      return "Assigned";
    case "converted":
      return "Converted";
    case "refused":
      return row.why;
    case "same-row":
      return `Same user as in row ${count(row.at)}, which is used.`;
    default:
      return whyNotAssigned(CODES[row.outcome], askedOf(row, seats));
  }
}

const CODES = {
  "no-units": "NO_AVAILABLE_UNITS",
  "bad-subject": "INVALID_SUBJECT",
  "unknown-allotment": "UNKNOWN_ALLOTMENT",
  "not-assignable": "NOT_ASSIGNABLE",
  "not-valid": "LICENSE_NOT_VALID",
} as const;

function askedOf({ allotment }: SheetRow, seats: readonly SeatUnits[]) {
  const known = seats.find(({ name }) => name.toLowerCase() === allotment.toLowerCase());
  return {
    allotment: known?.name ?? allotment,
    units: known?.units ?? 0,
    seats: seats.map(({ name }) => name),
  };
}
