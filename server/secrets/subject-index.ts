import { subjectKey } from "@/domain/assignments/subject";
import { nothingHere } from "@/domain/refusals/refusal";
import { store } from "@/server/store/store";
import { dataKeys } from "./data-keys";
import { macInHex } from "./encryption";

/** In hex, by what the rows of a subject are found without opening any; null for an empty one, which asks for nobody. */
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
