import { SEPARATORS, type Separator } from "@/domain/assignments/import-columns";
import { headingWord } from "@/domain/assignments/import-headings";
import { unguarded } from "@/domain/csv-cells";
import { parseDate } from "@/domain/dates/date-form";

/** How the columns of a list of licenses are found by their headings. */
export type ColumnFinder<Column extends string> = {
  /** The column that a heading names. */
  columnOf(heading: string): Column | undefined;
  /** The separator with which a line names most columns. */
  separatorOf(line: string): Separator;
};

/** Finds columns by the words for each of them, as `headingWord` returns them. */
export function columnFinder<Column extends string>(headings: Record<Column, string>): ColumnFinder<Column> {
  const columns = new Map(
    (Object.entries(headings) as [Column, string][]).flatMap(([column, words]) =>
      words.split(/\s+/).map((word) => [word, column] as const),
    ),
  );
  const columnOf = (heading: string) => columns.get(headingWord(heading));
  const named = (line: string, separator: Separator) => line.split(separator).filter(columnOf).length;
  const separatorOf = (line: string) =>
    SEPARATORS.reduce((best, each) => (named(line, each) > named(line, best) ? each : best));
  return { columnOf, separatorOf };
}

/** A day as `2026-12-31`, `31.12.2026` or `31 Dec 2026`; a day with slashes would be ambiguous. Other texts stay as they are. */
export function dayIn(text: string): string {
  return parseDate(text, "dd.MM.yyyy") ?? text;
}

/** The content of a cell, without the guard against formulas; empty without such a column. */
export function cellAt(record: readonly string[], index: number | undefined): string {
  return unguarded(record[index ?? -1] ?? "").trim();
}
