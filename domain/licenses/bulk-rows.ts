import { readCount, readDates } from "@/domain/legacy/lef-fields";
import { dayOf } from "@/domain/month";
import { isPlainText } from "@/domain/text";
import { allotmentCalled } from "./allotment-names";
import { type BulkColumn, type BulkColumns, bulkCell, bulkMetadata } from "./bulk-columns";
import { type Allotment, type Definition, nameKey, type Overage } from "./definition";
import { dayIn } from "./file-columns";
import { parseLicenseNumber } from "./license-number";
import { definitionFrom, type LicenseTemplate, type NamedTemplate } from "./license-template";
import type { Notes } from "./notes";
import { lastDayOf } from "./period";

/** A license as a row of a list describes it; without a number it gets one. */
export type BulkLicense = {
  customer: string;
  number?: string;
  products: string[];
  definition: Definition;
  notes: Notes;
};

/** The license that a row describes, or a sentence that says why it can't be created. */
export type BulkRow = { license: BulkLicense } | { customer: string; why: string };

/** What rows are read with: the templates that they can name, the product of those that name none, and today. */
export type BulkTerms = { templates: readonly NamedTemplate[]; usualProduct: string; now: Date };

type Cells = (column: BulkColumn) => string;

class Unreadable extends Error {}

const BARE: LicenseTemplate = {
  ...{ product: null, period: { months: 12 }, trial: false },
  ...{ products: [], allotments: [], parameters: [] },
};
const UNITS = [
  ["professional", "professional"],
  ["analyzer", "analyzer"],
  ["minutes", "analyzer_time"],
] as const;
const YES = ["yes", "true", "1", "x", "trial", "ja", "oui", "si"];
const NO = ["", "no", "false", "0", "-", "nein", "non"];

/** Reads a row by its columns. */
export function readBulkRow(record: readonly string[], columns: BulkColumns, terms: BulkTerms): BulkRow {
  const cell: Cells = (column) => bulkCell(record, columns, column);
  const customer = cell("customer");
  try {
    if (customer === "") throw new Unreadable("The customer is missing.");
    if (!isPlainText(customer)) throw new Unreadable("The customer isn't a name of at most 200 characters.");
    const template = templateOf(cell("template"), terms.templates);
    return {
      license: {
        customer,
        ...numberIn(cell("number")),
        products: template.products,
        definition: definitionIn(cell, template, terms),
        notes: {
          ...{ contractNumber: cell("contract"), contact: cell("contact"), text: cell("notes") },
          metadata: bulkMetadata(record, columns),
        },
      },
    };
  } catch (error) {
    if (error instanceof Unreadable) return { customer: customer.slice(0, 200), why: error.message };
    throw error;
  }
}

function templateOf(name: string, templates: readonly NamedTemplate[]): LicenseTemplate {
  if (name === "") return BARE;
  const found = templates.find((each) => nameKey(each.name) === nameKey(name));
  if (found) return found.template;
  const names = templates.map((each) => each.name).join(", ");
  throw new Unreadable(`There is no template “${name.slice(0, 60)}”. Use one of: ${names}.`);
}

function numberIn(text: string): { number?: string } {
  if (text === "") return {};
  const number = parseLicenseNumber(text);
  if (!number)
    throw new Unreadable("The number must have 16 digits. Format the column as text, or leave it empty.");
  return { number };
}

function definitionIn(cell: Cells, template: LicenseTemplate, { usualProduct, now }: BulkTerms): Definition {
  const product = cell("product") || template.product || usualProduct;
  if (!isPlainText(product)) throw new Unreadable("The product isn't a valid product code.");
  const allotments = withOverage(cell("overage"), allotmentsIn(cell, template));
  if (allotments.length === 0)
    throw new Unreadable("It has no units. Fill in professional, analyzer or minutes.");
  return {
    ...{ product, allotments, parameters: template.parameters },
    valid: validIn(dayIn(cell("from")), dayIn(cell("until")), template, now),
    trial: trialIn(cell("trial"), template),
  };
}

/** The units of the row, else those of the template; allotments that neither gives units are left out. */
function allotmentsIn(cell: Cells, { allotments }: LicenseTemplate): Allotment[] {
  const counts = new Map<string, number>();
  for (const [column, name] of UNITS) {
    const text = cell(column);
    if (text === "") continue;
    const count = countIn(text);
    if (count === null) throw new Unreadable(`The ${column} must be a whole number.`);
    counts.set(name, count);
  }
  const names = new Set(allotments.map(({ name }) => nameKey(name)));
  const added = [...counts.keys()].filter((name) => !names.has(name)).map(allotmentCalled);
  return [...allotments, ...added].flatMap((allotment) => {
    const count = counts.get(nameKey(allotment.name));
    const units = count === undefined ? allotment.units : [{ count, valid: "" }];
    return units.some((row) => row.count > 0) ? [{ ...allotment, units }] : [];
  });
}

function withOverage(text: string, allotments: Allotment[]): Allotment[] {
  if (text === "") return allotments;
  const overage = overageIn(text);
  const isTime = ({ usage }: Allotment) => usage.class === "time";
  if (overage !== 0 && !allotments.some(isTime))
    throw new Unreadable("Only minutes can have overage, and this license has none.");
  return allotments.map((allotment) => (isTime(allotment) ? { ...allotment, overage } : allotment));
}

function overageIn(text: string): Overage {
  const word = text.toLowerCase();
  if (["yes", "no cap", "unlimited"].includes(word)) return "YES";
  if (["no", "none"].includes(word)) return 0;
  const count = countIn(word);
  if (count === null)
    throw new Unreadable("The overage must be a whole number of minutes, “no cap” or “none”.");
  return count;
}

/** A whole number, also with its thousands apart: `6000`, `6,000`, `6'000`. */
function countIn(text: string): number | null {
  const grouped = /^[0-9]{1,3}([\s,'’.][0-9]{3})+$/.test(text);
  return readCount(grouped ? text.replaceAll(/[^0-9]/g, "") : text);
}

/** The dates of the row; with a first day alone the length of the template counts from it. */
function validIn(from: string, until: string, template: LicenseTemplate, now: Date): string {
  if (from === "" && until === "") return definitionFrom(template, "", now).valid;
  const first = from || dayOf(now);
  const begins = readDates(first, "");
  if (!("valid" in begins)) throw new Unreadable(begins.why);
  const last = until || (template.period ? lastDayOf(first, template.period) : "");
  const dates = readDates(first, last);
  if (!("valid" in dates)) throw new Unreadable(dates.why);
  return dates.valid;
}

function trialIn(text: string, template: LicenseTemplate): boolean {
  const word = text.toLowerCase();
  if (YES.includes(word)) return true;
  if (!NO.includes(word)) throw new Unreadable("Write yes or no for a trial.");
  return text === "" && template.trial;
}
