import type { Separator } from "@/domain/assignments/import-columns";
import { Refusal } from "@/domain/refusals/refusal";
import { csvRecords, csvRefusal } from "./import-lines";
import { importText } from "./import-text";

/** How a file with a row of headings is read. */
export type HeadedForm<Columns> = {
  /** The separator of a file with this first line. */
  separatorOf(line: string): Separator;
  /** The columns that a row of headings names; throws a refusal of the file if it names too few. */
  columnsOf(headings: readonly string[]): Columns;
  mostRows: number;
};

/** A row with its position in the file, counted from 1 as in a spreadsheet. */
export type HeadedRow<Columns> = { row: number; record: readonly string[]; columns: Columns };

const FIRST_LINE = 16 * 1024;

/** Reads a CSV file as a stream: the rows below its headings, without blank ones. */
export async function* headedRows<Columns>(
  file: AsyncIterable<Uint8Array>,
  { separatorOf, columnsOf, mostRows }: HeadedForm<Columns>,
): AsyncGenerator<HeadedRow<Columns>> {
  let columns: Columns | null = null;
  let row = 0;
  try {
    const { line, texts } = await beginning(importText(file));
    for await (const { record } of csvRecords(texts, separatorOf(line))) {
      row += 1;
      if (record.every((cell) => cell.trim() === "")) continue;
      if (row > mostRows + 1) throw fileRefusal(`It has more than ${mostRows} rows. Split it.`);
      if (columns === null) columns = columnsOf(record);
      else yield { row, record, columns };
    }
  } catch (error) {
    throw csvRefusal(error);
  }
  if (columns === null) columnsOf([]);
}

/** The refusal of a whole file. */
export function fileRefusal(why: string): Refusal {
  return new Refusal("INVALID_BODY", `The file wasn't read. ${why}`);
}

/** The first line, and all texts again. */
async function beginning(texts: AsyncGenerator<string>) {
  let text = "";
  for (let next = await texts.next(); !next.done; next = await texts.next()) {
    text += next.value;
    if (/[\r\n]/.test(text) || text.length > FIRST_LINE) break;
  }
  return { line: text.split(/[\r\n]/, 1)[0] ?? "", texts: joined(text, texts) };
}

async function* joined(text: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (text !== "") yield text;
  yield* rest;
}
