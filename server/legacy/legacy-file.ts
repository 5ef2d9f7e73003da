import { isWeakControl } from "@/domain/legacy/control-number";
import { type LegacyColumns, legacyColumnsOf, legacySeparator } from "@/domain/legacy/legacy-columns";
import { type LegacyLicense, type LegacyRow, readLegacyRow } from "@/domain/legacy/legacy-rows";
import { fileRefusal, type HeadedForm, headedRows } from "@/server/assignments/files/headed-rows";
import type { JudgedRow } from "@/server/licenses/license-runs";
import { dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { controlMac } from "./control-numbers";

type Numbered = LegacyRow & { row: number };

const BATCH = 500;
const FORM: HeadedForm<LegacyColumns> = {
  separatorOf: legacySeparator,
  columnsOf: columnsIn,
  mostRows: 100_000,
};
const WEAK =
  "The control number has fewer than 8 characters, so it can be guessed. Rotate it after the import.";

/** Reads a list of licenses as a stream, and yields part by part what an import would do; nothing is changed. */
export async function* judgeLegacyFile(
  file: AsyncIterable<Uint8Array>,
): AsyncGenerator<JudgedRow<LegacyLicense>[]> {
  const seen = new Set<string>();
  let batch: Numbered[] = [];
  for await (const { row, record, columns } of headedRows(file, FORM)) {
    batch.push({ row, ...readLegacyRow(record, columns) });
    if (batch.length < BATCH) continue;
    yield await judged(batch, seen);
    batch = [];
  }
  yield await judged(batch, seen);
}

/** Judges rows by the existing licenses, and by the rows before them. */
async function judged(rows: Numbered[], seen: Set<string>): Promise<JudgedRow<LegacyLicense>[]> {
  const numbers = rows.flatMap((row) => ("license" in row ? [row.license.number] : []));
  const { db } = store();
  const where = { in: numbers };
  const licenses = await db.license.findMany({ where: { number: where }, select: { number: true } });
  const controls = await db.controlNumber.findMany({ where: { openFor: where } });
  const taken = new Set(licenses.map(({ number }) => number));
  const macOf = new Map(controls.map(({ license, mac }) => [license, Buffer.from(mac)]));
  const keys = await dataKeys(INSTALLATION);
  const isOwn = ({ number, control }: LegacyLicense) =>
    macOf.get(number)?.equals(controlMac(keys, number, control)) === true;
  return rows.map((row) => {
    if (!("license" in row)) return { ...row, customer: "", outcome: "refused" };
    const { license } = row;
    const { number, customer, control } = license;
    const named = { row: row.row, number, customer };
    if (seen.has(number))
      return { ...named, outcome: "refused", why: "An earlier row has this serial number." };
    seen.add(number);
    if (!taken.has(number))
      return { ...named, outcome: "create", why: isWeakControl(control) ? WEAK : "", license };
    if (isOwn(license))
      return { ...named, outcome: "already", why: "Already imported with this control number." };
    return {
      ...named,
      outcome: "refused",
      why: "A license with this number already exists. It wasn't changed.",
    };
  });
}

function columnsIn(headings: readonly string[]): LegacyColumns {
  const columns = legacyColumnsOf(headings);
  if (columns) return columns;
  throw fileRefusal(
    "The first row must name the columns, including the serial and control numbers: number,control,customer,product,level,professional,analyzer,from,until,maintenance.",
  );
}
