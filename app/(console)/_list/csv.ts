import { stringify } from "csv-stringify/sync";
import { guarded } from "@/domain/csv-cells";
import { download } from "./download";

/** One cell of an export; null is an empty cell. */
export type CsvCell = string | number | null;

const TYPE = "text/csv; charset=utf-8; header=present";
const BOM = "\uFEFF";

/**
 * Streams rows as a CSV file (RFC 4180, UTF-8), page by page. Text that a spreadsheet would compute or turn into a
 * number is prefixed with an apostrophe; numbers stay as they are.
 */
export function csvDownload(name: string, head: string[], pages: AsyncIterable<CsvCell[][]>): Response {
  return download({ name: `${name}.csv`, type: TYPE }, csvParts(head, pages));
}

async function* csvParts(head: string[], pages: AsyncIterable<CsvCell[][]>): AsyncGenerator<string> {
  yield BOM + csvText([head]);
  for await (const rows of pages) yield csvText(rows);
}

function csvText(rows: CsvCell[][]): string {
  return stringify(rows, { record_delimiter: "windows", cast: { string: guarded, number: String } });
}
