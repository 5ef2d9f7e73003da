import { whyNoControl } from "@/domain/control-number";
import type { Allotment, Definition } from "@/domain/definition";
import { levelOfProduct, MAINTENANCE, productOfLevel, USUAL_PRODUCT } from "@/domain/lef-products";
import { type LegacyColumns, legacyCell } from "@/domain/legacy-columns";
import { parseLicenseNumber } from "@/domain/license-number";
import { isPlainText } from "@/domain/text";
import { validityOf, whyNoValidity } from "@/domain/validity";

/** A license of the older kind, as a row of a list tells it. */
export type LegacyLicense = { number: string; control: string; customer: string; definition: Definition };

/** What a row is read as, or why it can't be, in a sentence. */
export type LegacyRow = { license: LegacyLicense } | { number: string; why: string };

const GERMAN_DAY = /^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})$/;
const MOST_UNITS = 1_000_000_000;

class Unreadable extends Error {}

/** Reads a row by its columns. */
export function readLegacyRow(record: readonly string[], columns: LegacyColumns): LegacyRow {
  const cell = (column: Parameters<typeof legacyCell>[2]) => legacyCell(record, columns, column);
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

type Cells = (column: Parameters<typeof legacyCell>[2]) => string;

function definitionIn(cell: Cells): Definition {
  const level = cell("level");
  if (level !== "" && !productOfLevel(level))
    throw new Unreadable(
      `The level ${level.slice(0, 20)} isn't known. Use 3, 10, 30 or 50, or leave it out.`,
    );
  const product = cell("product") || productOfLevel(level) || USUAL_PRODUCT;
  if (!isPlainText(product)) throw new Unreadable("The product can't be read.");
  const valid = validityIn(dayIn(cell("from")), dayIn(cell("until")));
  const maintenance = validityIn("", dayIn(cell("maintenance")));
  const isPlain = maintenance === "" && (level === "" || levelOfProduct(product) === level);
  const kept = { name: MAINTENANCE, valid: maintenance, ...(level === "" ? {} : { values: { level } }) };
  const allotments = [seatsIn("professional", cell("professional")), seatsIn("analyzer", cell("analyzer"))];
  return { product, valid, trial: false, allotments: allotments.flat(), parameters: isPlain ? [] : [kept] };
}

function seatsIn(name: string, text: string): Allotment[] {
  if (text === "") return [];
  const count = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count <= MOST_UNITS)) throw new Unreadable(`The number of ${name} seats must be a whole number.`);
  const units = [{ count, valid: "" }];
  return [{ name, usage: { class: "assigned", minimum: 1 }, provisions: [{ accessType: name }], units }];
}

/** `2026-12-31`, or `31.12.2026`; a day with slashes can be two. */
function dayIn(text: string): string {
  const [, day = "", month = "", year = ""] = GERMAN_DAY.exec(text) ?? [];
  return year === "" ? text : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function validityIn(first: string, last: string): string {
  const valid = validityOf({ first, last });
  if (whyNoValidity(valid) === null) return valid;
  const isOrder = [first, last].every((day) => whyNoValidity(validityOf({ first: day, last: "" })) === null);
  throw new Unreadable(
    isOrder
      ? `It ends on ${last}, before it begins on ${first}.`
      : "A date can't be read. Write dates as 2026-12-31.",
  );
}
