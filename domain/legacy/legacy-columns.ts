import { cellAt, columnFinder } from "@/domain/licenses/file-columns";

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

const finder = columnFinder(HEADINGS);
export const legacySeparator = finder.separatorOf;

/** The columns that a row of headings names; null if it isn't one: serial and control number are required. */
export function legacyColumnsOf(row: readonly string[]): LegacyColumns | null {
  const columns: LegacyColumns = {};
  for (const [at, cell] of row.entries()) {
    const column = finder.columnOf(cell);
    if (column) columns[column] ??= at;
  }
  return columns.number !== undefined && columns.control !== undefined ? columns : null;
}

/** The cell of a column, as it was typed. */
export function legacyCell(record: readonly string[], columns: LegacyColumns, column: LegacyColumn): string {
  return cellAt(record, columns[column]);
}
