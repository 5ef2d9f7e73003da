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
  | "trial"
  | "contract"
  | "contact"
  | "notes";

/**
 * The index of each column, counted from 0; of metadata by its name, from headings like `meta:crm`; and the headings that
 * mean nothing here.
 */
export type BulkColumns = {
  at: Partial<Record<BulkColumn, number>>;
  metadata: Record<string, number>;
  unknown: string[];
};

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
  contract: "contract contractnumber contractno vertrag vertragsnummer contrat contrato",
  contact: "contact contactperson kontakt ansprechpartner contacto",
  notes: "notes note comment comments remarks notizen bemerkung kommentar",
};

const KINDS = new Map(
  (Object.entries(HEADINGS) as [BulkColumn, string][]).flatMap(([kind, words]) =>
    words.split(/\s+/).map((word) => [word, kind] as const),
  ),
);

const METADATA = /^\s*meta(?:data)?\s*[:.]\s*(.*\S)\s*$/i;

/** The columns that a row of headings names; null if it isn't one: the customer is required. */
export function bulkColumnsOf(row: readonly string[]): BulkColumns | null {
  const columns: BulkColumns = { at: {}, metadata: {}, unknown: [] };
  for (const [index, cell] of row.entries()) {
    const [, name] = METADATA.exec(cell) ?? [];
    const kind = KINDS.get(headingWord(cell));
    if (name) columns.metadata[name] ??= index;
    else if (kind) columns.at[kind] ??= index;
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
  return cellAt(record, at[column] ?? -1);
}

/** The values of metadata, without the empty ones. */
export function bulkMetadata(record: readonly string[], { metadata }: BulkColumns): Record<string, string> {
  const values = Object.entries(metadata).map(([name, index]) => [name, cellAt(record, index)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== ""));
}

function cellAt(record: readonly string[], index: number): string {
  return unguarded(record[index] ?? "").trim();
}
