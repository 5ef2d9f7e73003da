import { subjectKey } from "@/domain/assignments/subject";
import { nothingHere } from "@/domain/refusals/refusal";
import { store } from "@/server/store/store";
import { dataKeys } from "./data-keys";
import { macInHex } from "./encryption";

/**
 * The index, in hex, by which the rows of a subject are found without decrypting any; null for an empty subject,
 * which nobody has.
 */
export async function subjectIndex(license: string, subject: string): Promise<string | null> {
  if (subject.trim() === "") return null;
  const row = await store().db.license.findUnique({
    where: { number: license },
    select: { subjectMatching: true },
  });
  if (!row) throw nothingHere();
  const keys = await dataKeys(license);
  return macInHex(keys.mac, subjectKey(subject, row.subjectMatching));
}
