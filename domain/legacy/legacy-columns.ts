import { SEPARATORS, type Separator } from "@/domain/assignments/import-columns";
import { headingWord } from "@/domain/assignments/import-headings";
import { unguarded } from "@/domain/csv-cells";

/** The content of a column in a list of legacy licenses. */
export type LegacyColumn =
  | "number"
  | "control"
  | "customer"
  | "product"
  | "level"
  | "professional"
  | "analyzer"
  | "from"
  | "until"
  | "maintenance";

/** The index of each column, counted from 0. */
export type LegacyColumns = Partial<Record<LegacyColumn, number>>;

/** Headings as `headingWord` returns them. */
const HEADINGS: Record<LegacyColumn, string> = {
  number: `number serial serialnumber serialno serialnr sn license licensenumber licenseno licensenr licence licencenumber
    licensekey lizenznummer seriennummer numero numerodeserie numerodelicence`,
  control:
    "control controlnumber controlno controlnr controlcode kontrollnummer kontrollzahl numerodecontrole",
  customer: `customer customername account accountname company organization organisation client kunde kundenname firma
    cliente`,
  product: "product productcode productname produkt produit producto",
  level: "level productlevel edition",
  professional: "professional professionals professionalseats professionalusers professionalcount",
  analyzer: "analyzer analyzers analyser analyzerseats analyzerusers analyzercount",
  from: "from validfrom start startdate startson begin begins gultigab gultigvon beginn",
  until: `until to end enddate ends endson expires expiry expirydate expiration expirationdate validto validuntil timelimit
    gultigbis ablauf ablaufdatum`,
  maintenance: `maintenance maintenanceend maintenanceenddate maintenanceuntil maintenanceexpires support supportend
    supportuntil wartung wartungsende`,
};

const KINDS = new Map(
  (Object.entries(HEADINGS) as [LegacyColumn, string][]).flatMap(([kind, words]) =>
    words.split(/\s+/).map((word) => [word, kind] as const),
  ),
);

/** The columns that a row of headings names; null if it isn't one: serial and control number are required. */
export function legacyColumnsOf(row: readonly string[]): LegacyColumns | null {
  const columns: LegacyColumns = {};
  for (const [at, cell] of row.entries()) {
    const kind = KINDS.get(headingWord(cell));
    if (kind) columns[kind] ??= at;
  }
  return columns.number !== undefined && columns.control !== undefined ? columns : null;
}

/** The separator with which the first line names most columns. */
export function legacySeparator(line: string): Separator {
  const known = (separator: Separator) =>
    line.split(separator).filter((cell) => KINDS.has(headingWord(cell))).length;
  return SEPARATORS.reduce((best, each) => (known(each) > known(best) ? each : best));
}

/** The cell of a column, as it was typed. */
export function legacyCell(record: readonly string[], columns: LegacyColumns, column: LegacyColumn): string {
  return unguarded(record[columns[column] ?? -1] ?? "").trim();
}
