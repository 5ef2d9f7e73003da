import { foldSubject } from "@/domain/assignments/subject";
import { type KnownNames, knownNames } from "@/domain/known-names";
import type { BulkLicense } from "@/domain/licenses/bulk-rows";
import { definitionErrors } from "@/domain/licenses/definition";
import { definitionVersion } from "@/domain/licenses/definition-version";
import { whyNoNotes } from "@/domain/licenses/notes";
import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import type { JudgedRow } from "@/server/licenses/license-runs";
import { store } from "@/server/store/store";

/** A license that a row of the file describes, whose number is known. */
export type FileLicense = BulkLicense & { number: string };

/** A row of the file, with its license or why it describes none. */
export type ReadRow = { row: number; isOwnNumber: boolean } & (
  | { license: FileLicense }
  | { customer: string; why: string }
);

type Judged = JudgedRow<FileLicense>;
type Existing = { version: string; customer: { nameKey: string } };

/** This many new names are compared with the known ones. */
const MOST_COMPARED = 100;

/** Judges the rows of a file, part by part, by the existing licenses and customers and by the rows before them. */
export async function rowJudge(): Promise<(rows: readonly ReadRow[]) => Promise<Judged[]>> {
  const customers = await store().db.customer.findMany({ select: { name: true } });
  const remarkOn = customerRemarks(knownNames(customers.map(({ name }) => name)));
  const seen = new Set<string>();
  return async (rows) => {
    const existing = await existingLicenses(
      rows.flatMap((read) => ("license" in read ? [read.license.number] : [])),
    );
    return rows.map((read) => {
      if (!("license" in read)) return unread(read);
      const { number } = read.license;
      const why = seen.has(number) ? "An earlier row has this number." : whyNot(read.license);
      seen.add(number);
      return judged(read, why, existing.get(number), remarkOn);
    });
  };
}

async function existingLicenses(numbers: string[]): Promise<Map<string, Existing>> {
  const licenses = await store().db.license.findMany({
    where: { number: { in: numbers } },
    select: { number: true, version: true, customer: { select: { nameKey: true } } },
  });
  return new Map(licenses.map((license) => [license.number, license]));
}

function unread({ row, customer, why }: { row: number; customer: string; why: string }): Judged {
  return { row, number: "", customer, outcome: "refused", why };
}

function judged(
  { row, isOwnNumber, license }: ReadRow & { license: FileLicense },
  why: string,
  existing: Existing | undefined,
  remarkOn: (customer: string) => string,
): Judged {
  const named = { row, number: license.number, customer: license.customer };
  if (why) return { ...named, outcome: "refused", why };
  if (!existing) return { ...named, outcome: "create", why: remarkOn(license.customer), license };
  if (!isOwnNumber) return { ...named, outcome: "already", why: "Created from this file before." };
  if (isSame(existing, license)) return { ...named, outcome: "already", why: "" };
  const taken = "A license with this number already exists. It wasn't changed.";
  return { ...named, outcome: "refused", why: taken };
}

function isSame({ version, customer: { nameKey } }: Existing, { definition, customer }: FileLicense) {
  return version === definitionVersion(definition) && nameKey === foldSubject(customer);
}

function whyNot({ customer, definition, notes }: FileLicense): string {
  const hidden = hiddenIn(customer);
  if (hidden) return `The customer can't be used. ${hiddenText(hidden)}`;
  return definitionErrors(definition)[0]?.detail ?? whyNoNotes(notes) ?? "";
}

/** Says of each customer whether it is new, and which known one is probably meant. */
function customerRemarks(known: KnownNames): (customer: string) => string {
  const remarks = new Map<string, string>();
  return (customer) => {
    if (known.has(customer)) return "";
    const key = foldSubject(customer);
    const meant = remarks.size < MOST_COMPARED && !remarks.has(key) ? known.similarTo(customer) : null;
    const remark = remarks.get(key) ?? (meant ? `New customer. Did you mean ${meant}?` : "New customer.");
    remarks.set(key, remark);
    return remark;
  };
}
