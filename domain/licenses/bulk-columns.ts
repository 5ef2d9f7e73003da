import { cellAt, columnFinder } from "./file-columns";

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
 * The index of each column, counted from 0; of metadata by its name, from headings like `meta:crm`. `unknown` are the
 * headings that mean nothing here, `repeated` those that mean the same as an earlier one.
 */
export type BulkColumns = {
  at: Partial<Record<BulkColumn, number>>;
  metadata: ReadonlyMap<string, number>;
  unknown: string[];
  repeated: string[];
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

const finder = columnFinder(HEADINGS);
export const bulkSeparator = finder.separatorOf;

const METADATA = /^meta(?:data)?\s*[:.]\s*(.+)$/i;

/** The columns that a row of headings names; null if it isn't one: the customer is required. */
export function bulkColumnsOf(row: readonly string[]): BulkColumns | null {
  const at: BulkColumns["at"] = {};
  const metadata = new Map<string, number>();
  const [unknown, repeated]: [string[], string[]] = [[], []];
  for (const [index, cell] of row.entries()) {
    const heading = cell.trim();
    const [, name] = METADATA.exec(heading) ?? [];
    const column = finder.columnOf(heading);
    if (name ? metadata.has(name) : column && at[column] !== undefined) repeated.push(heading);
    else if (name) metadata.set(name, index);
    else if (column) at[column] = index;
    else if (heading !== "") unknown.push(heading);
  }
  return at.customer === undefined ? null : { at, metadata, unknown, repeated };
}

/** The cell of a column, as it was typed. */
export function bulkCell(record: readonly string[], { at }: BulkColumns, column: BulkColumn): string {
  return cellAt(record, at[column]);
}

/** The values of metadata, without the empty ones. */
export function bulkMetadata(record: readonly string[], { metadata }: BulkColumns): Record<string, string> {
  const values = [...metadata].map(([name, index]) => [name, cellAt(record, index)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== ""));
}
