import type { Allotment, Definition } from "@/domain/licenses/definition";
import { dayIn } from "@/domain/licenses/file-columns";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { isPlainText } from "@/domain/text";
import { whyNoControl } from "./control-number";
import { readCount, readDates, seatAllotment } from "./lef-fields";
import { maintenanceOf, productOfLevel, USUAL_PRODUCT } from "./lef-products";
import { type LegacyColumn, type LegacyColumns, legacyCell } from "./legacy-columns";

/** A legacy license as a row of a list describes it. */
export type LegacyLicense = { number: string; control: string; customer: string; definition: Definition };

/** The license that a row describes, or a sentence that says why it can't be read. */
export type LegacyRow = { license: LegacyLicense } | { number: string; why: string };

const SEATS = ["professional", "analyzer"] as const;

type Cells = (column: LegacyColumn) => string;

class Unreadable extends Error {}

/** Reads a row by its columns. */
export function readLegacyRow(record: readonly string[], columns: LegacyColumns): LegacyRow {
  const cell: Cells = (column) => legacyCell(record, columns, column);
  try {
    const number = parseLicenseNumber(cell("number"));
    if (!number) throw new Unreadable("The serial number must have 16 digits. Format the column as text.");
    const why = whyNoControl(cell("control"));
    if (why) throw new Unreadable(why);
    const customer = cell("customer");
    if (customer === "" || !isPlainText(customer)) throw new Unreadable("The customer is missing.");
    return { license: { number, control: cell("control"), customer, definition: definitionIn(cell) } };
  } catch (error) {
    if (error instanceof Unreadable) return { number: cell("number").slice(0, 40), why: error.message };
    throw error;
  }
}

function definitionIn(cell: Cells): Definition {
  const level = cell("level");
  if (level !== "" && !productOfLevel(level))
    throw new Unreadable(`The level ${level.slice(0, 20)} is unknown. Use 3, 10, 30 or 50, or leave it out.`);
  const product = cell("product") || productOfLevel(level) || USUAL_PRODUCT;
  if (!isPlainText(product)) throw new Unreadable("The product isn't a valid product code.");
  const valid = validityIn(dayIn(cell("from")), dayIn(cell("until")));
  const parameters = maintenanceOf(product, level, validityIn("", dayIn(cell("maintenance"))));
  const allotments = SEATS.flatMap((name) => seatsIn(name, cell(name)));
  return { product, valid, trial: false, allotments, parameters };
}

function seatsIn(name: string, text: string): Allotment[] {
  if (text === "") return [];
  const count = readCount(text);
  if (count === null) throw new Unreadable(`The number of ${name} seats must be a whole number.`);
  return [seatAllotment(name, [{ count, valid: "" }])];
}

function validityIn(first: string, last: string): string {
  const dates = readDates(first, last);
  if ("valid" in dates) return dates.valid;
  throw new Unreadable(dates.why);
}
