import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { PlanLine } from "@/domain/assignments/assignment-plan";
import {
  guessColumns,
  guessSeparator,
  type ImportFormat,
  type ImportLook,
  lineOf,
  type Separator,
} from "@/domain/assignments/import-columns";
import { Refusal } from "@/domain/refusals/refusal";
import { importText } from "./import-text";

/** A line with its row in the file, counted from 1 as in a spreadsheet, and the number of bytes read with it. */
export type ImportLine = PlanLine & { row: number; bytes: number };

type Parsed = { record: string[]; info: { bytes: number } };

const MOST_IN_A_RECORD = 16 * 1024;
const SHOWN = 10;
/** The separator is guessed from this many characters, which include all the rows that are shown. */
const SAMPLE = (SHOWN + 2) * MOST_IN_A_RECORD;

/** Reads a CSV file as a stream, by the confirmed columns. */
export async function* readImportLines(
  file: AsyncIterable<Uint8Array>,
  format: ImportFormat,
): AsyncGenerator<ImportLine> {
  let row = 0;
  try {
    for await (const { record, info } of csvRecords(importText(file), format.separator)) {
      row += 1;
      if (row < format.first || record.every(isBlank)) continue;
      const { subject, allotment } = lineOf(record, format, format.otherwise);
      yield { subject, allotment, row, bytes: info.bytes };
    }
  } catch (error) {
    throw csvRefusal(error);
  }
}

/** The first rows of a file, and the guessed columns; with a given separator, otherwise with the best one. */
export async function lookAtImport(
  file: AsyncIterable<Uint8Array>,
  allotments: readonly string[],
  wanted?: Separator,
): Promise<ImportLook> {
  let text = "";
  for await (const part of importText(file)) {
    text += part;
    if (text.length >= SAMPLE) break;
  }
  const separator = wanted ?? guessSeparator(text, allotments);
  const rows: string[][] = [];
  try {
    for await (const { record } of csvRecords(only(text), separator, SHOWN)) rows.push(record);
  } catch (error) {
    throw csvRefusal(error);
  }
  return { separator, rows, columns: guessColumns(rows, allotments) };
}

async function* only(text: string): AsyncGenerator<string> {
  if (text !== "") yield text;
}

/** The records of a CSV text as a stream. */
export function csvRecords(
  texts: AsyncIterable<string>,
  delimiter: Separator,
  to = -1,
): AsyncIterable<Parsed> {
  const options = { delimiter, to, info: true, relax_column_count: true, max_record_size: MOST_IN_A_RECORD };
  const csv = parse(options);
  pipeline(Readable.from(texts), csv, () => {}); // an error also fails the reading of `csv`
  return csv;
}

function isBlank(cell: string): boolean {
  return cell.trim() === "";
}

/** A refusal that names the row of invalid CSV. */
export function csvRefusal(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const row = typeof error.records === "number" ? error.records + 1 : 1;
  return new Refusal(
    "INVALID_BODY",
    `The file wasn't read. Row ${row} isn't valid CSV: ${why(error.code)} Fix the file and try again.`,
  );
}

function why(code: CsvError["code"]): string {
  if (code === "CSV_QUOTE_NOT_CLOSED") return "a quotation mark isn't closed.";
  if (code === "CSV_MAX_RECORD_SIZE") return "it is longer than 16,000 characters.";
  return "a quotation mark is inside a cell.";
}
