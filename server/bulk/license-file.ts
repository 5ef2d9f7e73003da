import { createHash } from "node:crypto";
import { type BulkColumns, bulkColumnsOf, bulkSeparator } from "@/domain/licenses/bulk-columns";
import { type BulkRow, readBulkRow } from "@/domain/licenses/bulk-rows";
import { BUILT_IN_TEMPLATES } from "@/domain/licenses/license-template";
import { Refusal } from "@/domain/refusals/refusal";
import { fileRefusal, type HeadedForm, headedRows } from "@/server/assignments/files/headed-rows";
import type { JudgedRow } from "@/server/licenses/license-runs";
import { licenseTemplates } from "@/server/licenses/license-templates";
import { type DataKeys, dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import { type FileLicense, type ReadRow, rowJudge } from "./row-judge";

const MOST_BYTES = 4 * 1024 * 1024;
const BATCH = 500;
const FORM: HeadedForm<BulkColumns> = {
  separatorOf: bulkSeparator,
  columnsOf: columnsIn,
  mostRows: 5_000,
};

/**
 * Judges a list of licenses to create, part by part; nothing is changed. A license without a number gets one that
 * follows from the file and the row. `usualProduct` is that of rows that name none.
 */
export async function* judgeLicenseFile(
  file: AsyncIterable<Uint8Array>,
  usualProduct: string,
  now: Date,
): AsyncGenerator<JudgedRow<FileLicense>[]> {
  const bytes = await whole(file);
  const terms = { templates: [...BUILT_IN_TEMPLATES, ...(await licenseTemplates())], usualProduct, now };
  const numberOf = numbering(await dataKeys(INSTALLATION), bytes);
  const rows: ReadRow[] = [];
  for await (const { row, record, columns } of headedRows(only(bytes), FORM))
    rows.push(numbered(row, readBulkRow(record, columns, terms), numberOf));
  const judge = await rowJudge();
  for (let from = 0; from < rows.length; from += BATCH) yield await judge(rows.slice(from, from + BATCH));
}

async function whole(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of file) {
    size += part.length;
    if (size > MOST_BYTES)
      throw new Refusal("BODY_TOO_LARGE", "The file wasn't read. It is larger than 4 MB. Split it.");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function* only<T>(one: T): AsyncGenerator<T> {
  yield one;
}

/** Numbers of rows: 16 digits, the first of which isn't 0. The same file has the same ones, and nobody can guess them. */
function numbering({ mac }: DataKeys, bytes: Buffer): (row: number) => string {
  const content = createHash("sha256").update(bytes).digest("hex");
  return (row) => {
    const drawn = BigInt(`0x${macInHex(mac, `bulk license|${content}|${row}`)}`);
    return String(FIRST + (drawn % COUNT));
  };
}

const FIRST = 10n ** 15n;
const COUNT = 9n * 10n ** 15n;

function numbered(row: number, read: BulkRow, numberOf: (row: number) => string): ReadRow {
  if (!("license" in read)) return { row, isOwnNumber: false, ...read };
  const { license } = read;
  const { number = numberOf(row) } = license;
  return { row, isOwnNumber: license.number !== undefined, license: { ...license, number } };
}

function columnsIn(headings: readonly string[]): BulkColumns {
  const columns = bulkColumnsOf(headings);
  if (!columns)
    throw fileRefusal(
      "The first row must name the columns, including the customer: customer,template,product,number,professional,analyzer,minutes,overage,from,until,trial,contract,contact,notes and meta:NAME.",
    );
  const { unknown, repeated } = columns;
  if (unknown[0] !== undefined)
    throw fileRefusal(
      `The column “${unknown[0].slice(0, 60)}” isn't known. Remove it, or rename it to meta:NAME to keep it as metadata.`,
    );
  if (repeated[0] !== undefined)
    throw fileRefusal(
      `The column “${repeated[0].slice(0, 60)}” means the same as an earlier one. Remove one of them.`,
    );
  return columns;
}
