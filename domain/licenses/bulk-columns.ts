import { SEPARATORS, type Separator } from "@/domain/assignments/import-columns";
import { headingWord } from "@/domain/assignments/import-headings";
import { unguarded } from "@/domain/csv-cells";

/** The content of a column in a list of licenses to create. */
export type BulkColumn =
  | "customer"
  | "template"
  | "product"
  | "number"
  | "professional"
  | "analyzer"
  | "minutes"
  | "overage"
  | "from"
  | "until"
  | "trial";

/** The index of each column, counted from 0, and the headings that mean nothing here. */
export type BulkColumns = { at: Partial<Record<BulkColumn, number>>; unknown: string[] };

/** Headings as `headingWord` returns them. */
const HEADINGS: Record<BulkColumn, string> = {
  customer: "customer customername account company organization organisation client kunde firma cliente",
  template: "template plan preset vorlage modele plantilla",
  product: "product productcode produkt produit producto",
  number: "number license licensenumber licence licencenumber serial serialnumber lizenznummer numero",
  professional: "professional professionals professionalseats professionalusers",
  analyzer: "analyzer analyzers analyser analyzerseats analyzerusers",
  minutes: "analyzertime analyzerminutes minutes minutesamonth capacity minuten kapazitat",
  overage: "overage mehrverbrauch depassement",
  from: "from validfrom start startdate begins gultigab beginn",
  until: "until to end enddate ends expires validto validuntil gultigbis ablauf",
  trial: "trial test",
};

const KINDS = new Map(
  (Object.entries(HEADINGS) as [BulkColumn, string][]).flatMap(([kind, words]) =>
    words.split(/\s+/).map((word) => [word, kind] as const),
  ),
);

/** The columns that a row of headings names; null if it isn't one: the customer is required. */
export function bulkColumnsOf(row: readonly string[]): BulkColumns | null {
  const columns: BulkColumns = { at: {}, unknown: [] };
  for (const [index, cell] of row.entries()) {
    const kind = KINDS.get(headingWord(cell));
    if (kind) columns.at[kind] ??= index;
    else if (cell.trim() !== "") columns.unknown.push(cell.trim());
  }
  return columns.at.customer === undefined ? null : columns;
}

/** The separator with which the first line names most columns. */
export function bulkSeparator(line: string): Separator {
  const known = (separator: Separator) =>
    line.split(separator).filter((cell) => KINDS.has(headingWord(cell))).length;
  return SEPARATORS.reduce((best, each) => (known(each) > known(best) ? each : best));
}

/** The cell of a column, as it was typed. */
export function bulkCell(record: readonly string[], { at }: BulkColumns, column: BulkColumn): string {
  return unguarded(record[at[column] ?? -1] ?? "").trim();
}
