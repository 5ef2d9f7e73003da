import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { PlanLine } from "@/domain/assignment-plan";
import { unguarded } from "@/domain/csv-cells";
import { delimiterOf, type ImportColumns, importColumns } from "@/domain/import-columns";
import { Refusal } from "@/domain/refusal";

/** A line with its row in the file, counted from 1 as a spreadsheet does, and how much of the file was read with it. */
export type ImportLine = PlanLine & { row: number; bytes: number };

type Parsed = { record: string[]; info: { lines: number; bytes: number } };

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_IN_A_RECORD = 16 * 1024;

/** Reads a CSV file as it comes. A line without an allotment is for `otherwise`. What is no CSV in UTF-8 is refused by its row. */
export async function* readImportLines(
  file: AsyncIterable<Uint8Array>,
  otherwise: string,
): AsyncGenerator<ImportLine> {
  const at = { row: 1 };
  let columns: ImportColumns | undefined;
  try {
    for await (const { record, info } of await parsed(file)) {
      at.row = info.lines;
      const isFirst = columns === undefined;
      columns ??= importColumns(record);
      if ((isFirst && columns.hasHead) || record.every((cell) => cell.trim() === "")) continue;
      const cell = (index: number) => unguarded(record[index] ?? "");
      const allotment = cell(columns.allotment).trim() || otherwise;
      yield { subject: cell(columns.subject).trim(), allotment, row: info.lines, bytes: info.bytes };
    }
  } catch (error) {
    throw refusalOf(error, at.row);
  }
}

async function parsed(file: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Parsed>> {
  const texts = textsOf(file)[Symbol.asyncIterator]();
  let begin = "";
  for (let next = await texts.next(); !next.done; next = await texts.next()) {
    begin += next.value;
    if (begin.includes("\n") || begin.length > MOST_IN_A_RECORD) break;
  }
  const csv = parse({
    delimiter: delimiterOf(/^[^\r\n]*/.exec(begin)?.[0] ?? ""),
    info: true,
    relax_column_count: true,
    max_record_size: MOST_IN_A_RECORD,
  });
  const rest = { [Symbol.asyncIterator]: () => texts };
  pipeline(Readable.from(joined(begin, rest)), csv, () => {}); // what fails, fails the reading of `csv` too
  return csv;
}

async function* joined(begin: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (begin !== "") yield begin;
  yield* rest;
}

async function* textsOf(file: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let size = 0;
  for await (const bytes of file) {
    size += bytes.length;
    if (size > MOST_BYTES)
      throw new Refusal("BODY_TOO_LARGE", "The file was not read. It is over 64 MB. Split it.");
    const text = decoder.decode(bytes, { stream: true });
    if (text !== "") yield text;
  }
  yield decoder.decode();
}

function refusalOf(error: unknown, row: number): unknown {
  if (error instanceof CsvError)
    return new Refusal(
      "INVALID_BODY",
      `The file was not read. After row ${row} it is no CSV any more: ${told(error)} Mend it and choose it again.`,
    );
  if (error instanceof TypeError && "code" in error && error.code === "ERR_ENCODING_INVALID_ENCODED_DATA")
    return new Refusal(
      "INVALID_BODY",
      `The file was not read. After row ${row} it is not UTF-8. Save it as “CSV UTF-8” and choose it again.`,
    );
  return error;
}

function told({ code }: CsvError): string {
  if (code === "CSV_QUOTE_NOT_CLOSED") return "a quotation mark is not closed.";
  if (code === "CSV_MAX_RECORD_SIZE") return "a line is over 16,000 characters long.";
  return "a quotation mark stands inside a cell.";
}
