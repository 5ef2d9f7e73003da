import { createHash } from "node:crypto";
import { foldSubject } from "@/domain/assignments/subject";
import { type BulkColumns, bulkColumnsOf, bulkSeparator } from "@/domain/licenses/bulk-columns";
import { type BulkLicense, type BulkTerms, readBulkRow } from "@/domain/licenses/bulk-rows";
import { definitionErrors } from "@/domain/licenses/definition";
import { definitionVersion } from "@/domain/licenses/definition-version";
import { BUILT_IN_TEMPLATES } from "@/domain/licenses/license-template";
import { whyNoNotes } from "@/domain/licenses/notes";
import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import { Refusal } from "@/domain/refusals/refusal";
import { similarName } from "@/domain/similar-name";
import { csvRecords, csvRefusal } from "@/server/assignments/files/import-lines";
import { importText } from "@/server/assignments/files/import-text";
import type { JudgedRow } from "@/server/licenses/license-runs";
import { licenseTemplates } from "@/server/licenses/license-templates";
import { type DataKeys, dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import { store } from "@/server/store/store";

/** A license to create, whose number is known. */
export type NumberedRow = BulkLicense & { number: string };

type Judged = JudgedRow<NumberedRow>;
type Read = { row: number; isOwnNumber: boolean } & (
  | { license: NumberedRow }
  | { customer: string; why: string }
);

const MOST_ROWS = 5_000;
const MOST_BYTES = 4 * 1024 * 1024;
const BATCH = 500;
/** This many new names are compared with the known ones. */
const MOST_COMPARED = 100;

/**
 * Judges a list of licenses to create, part by part; nothing is changed. A license without a number gets one that
 * follows from the file and the row. `product` is that of rows that name none.
 */
export async function* judgeLicenseFile(
  file: AsyncIterable<Uint8Array>,
  usualProduct: string,
  now: Date,
): AsyncGenerator<Judged[]> {
  const bytes = await whole(file);
  const terms = { templates: [...BUILT_IN_TEMPLATES, ...(await licenseTemplates())], usualProduct, now };
  const numberOf = numbering(await dataKeys(INSTALLATION), bytes);
  const rows: Read[] = [];
  for await (const read of readRows(bytes, terms, numberOf)) rows.push(read);
  const judge = await judging();
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

/** Numbers of 16 digits that don't begin with 0 and can't be guessed. */
function numbering({ mac }: DataKeys, bytes: Buffer): (row: number) => string {
  const content = createHash("sha256").update(bytes).digest("hex");
  return (row) => {
    const drawn = BigInt(`0x${macInHex(mac, `bulk license|${content}|${row}`)}`);
    return String(FIRST + (drawn % COUNT));
  };
}

const FIRST = 10n ** 15n;
const COUNT = 9n * 10n ** 15n;

async function* readRows(
  bytes: Buffer,
  terms: BulkTerms,
  numberOf: (row: number) => string,
): AsyncGenerator<Read> {
  let columns: BulkColumns | null = null;
  let row = 0;
  try {
    let text = "";
    for await (const part of importText(only(bytes))) text += part;
    for await (const { record } of csvRecords(only(text), bulkSeparator(text.split(/[\r\n]/, 1)[0] ?? ""))) {
      row += 1;
      if (record.every((cell) => cell.trim() === "")) continue;
      if (row > MOST_ROWS + 1) throw refusedFile(`It has more than ${MOST_ROWS} rows. Split it.`);
      if (columns) yield numbered(row, readBulkRow(record, columns, terms), numberOf);
      else columns = columnsIn(record);
    }
  } catch (error) {
    throw csvRefusal(error);
  }
  if (!columns) columnsIn([]);
}

function numbered(
  row: number,
  read: ReturnType<typeof readBulkRow>,
  numberOf: (row: number) => string,
): Read {
  if (!("license" in read)) return { row, isOwnNumber: false, ...read };
  const { license } = read;
  const { number = numberOf(row) } = license;
  return { row, isOwnNumber: license.number !== undefined, license: { ...license, number } };
}

async function* only<T>(one: T): AsyncGenerator<T> {
  yield one;
}

/** Judges rows by the existing licenses and customers, and by the rows before them. */
async function judging(): Promise<(rows: readonly Read[]) => Promise<Judged[]>> {
  const { db } = store();
  const seen = new Set<string>();
  const customers = await db.customer.findMany({ select: { name: true, nameKey: true } });
  const remarkOn = customerRemarks(customers);
  return async (rows) => {
    const numbers = rows.flatMap((read) => ("license" in read ? [read.license.number] : []));
    const taken = await db.license.findMany({
      where: { number: { in: numbers } },
      select: { number: true, version: true, customer: { select: { nameKey: true } } },
    });
    const held = new Map(taken.map((license) => [license.number, license]));
    return rows.map((read): Judged => {
      if (!("license" in read))
        return { row: read.row, number: "", customer: read.customer, outcome: "refused", why: read.why };
      const { row, license } = read;
      const named = { row, number: license.number, customer: license.customer };
      const isRepeated = seen.has(license.number);
      seen.add(license.number);
      const why = isRepeated ? "An earlier row has this number." : whyNot(license);
      if (why) return { ...named, outcome: "refused", why };
      const other = held.get(license.number);
      if (!other) return { ...named, outcome: "create", why: remarkOn(license.customer), license };
      const isSame =
        other.version === definitionVersion(license.definition) &&
        other.customer.nameKey === foldSubject(license.customer);
      if (!read.isOwnNumber || isSame)
        return {
          ...named,
          outcome: "already",
          why: read.isOwnNumber ? "" : "Created from this file before.",
        };
      return {
        ...named,
        outcome: "refused",
        why: "A license with this number already exists. It wasn't changed.",
      };
    });
  };
}

function whyNot({ customer, definition, notes }: NumberedRow): string {
  const hidden = hiddenIn(customer);
  if (hidden) return `The customer can't be used. ${hiddenText(hidden)}`;
  return definitionErrors(definition)[0]?.detail ?? whyNoNotes(notes) ?? "";
}

/** Says of each customer whether it is new, and once which known one is probably meant. */
function customerRemarks(customers: readonly { name: string; nameKey: string }[]) {
  const known = new Set(customers.map(({ nameKey }) => nameKey));
  const names = customers.map(({ name }) => name);
  const remarks = new Map<string, string>();
  return (customer: string): string => {
    const key = foldSubject(customer);
    if (known.has(key)) return "";
    const meant = remarks.size < MOST_COMPARED && !remarks.has(key) ? similarName(customer, names) : null;
    const remark = remarks.get(key) ?? (meant ? `New customer. Did you mean ${meant}?` : "New customer.");
    remarks.set(key, remark);
    return remark;
  };
}

function columnsIn(record: readonly string[]): BulkColumns {
  const columns = bulkColumnsOf(record);
  if (!columns)
    throw refusedFile(
      "The first row must name the columns, including the customer: customer,template,product,number,professional,analyzer,minutes,overage,from,until,trial,contract,contact,notes and meta:NAME.",
    );
  const [unknown] = columns.unknown;
  if (unknown !== undefined)
    throw refusedFile(
      `The column “${unknown.slice(0, 60)}” isn't known. Remove it, or rename it to meta:NAME to keep it as metadata.`,
    );
  return columns;
}

function refusedFile(why: string): Refusal {
  return new Refusal("INVALID_BODY", `The file wasn't read. ${why}`);
}
