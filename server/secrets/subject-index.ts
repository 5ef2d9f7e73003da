import { subjectKey } from "@/domain/assignments/subject";
import { nothingHere } from "@/domain/refusals/refusal";
import { store } from "@/server/store/store";
import { dataKeys } from "./data-keys";
import { macInHex } from "./encryption";

/** SQL for the index of the user that a subject's index names: that of an alias names another user. */
const userIndex = (license: string, index: string) =>
  `coalesce((SELECT s.primary_index FROM subject_alias s WHERE s.license = ${license} AND s.alias_index = ${index}), ${index})`;

/** SQL for all indexes of the user that a subject's index names: rows of before an alias was declared have its own. */
export const userIndexes = (license: string, index: string) => `
  (SELECT ${userIndex(license, index)}
  UNION ALL SELECT s.alias_index FROM subject_alias s
  WHERE s.license = ${license} AND s.primary_index = ${userIndex(license, index)})`;

const ALL = {
  name: "user_indexes",
  text: `SELECT DISTINCT w.license, encode(i.index, 'hex') AS index
    FROM (SELECT license, decode(index, 'hex') AS index FROM unnest($1::text[], $2::text[]) AS w(license, index) OFFSET 0) w
    CROSS JOIN LATERAL ${userIndexes("w.license", "w.index")} AS i(index)`,
};

export type UserIndex = { license: string; index: string };

/** All indexes, in hex, of the users whom subjects of licenses with aliases name; found by the subjects' own. */
export async function indexesOfUsers(indexes: readonly UserIndex[]): Promise<UserIndex[]> {
  if (indexes.length === 0) return [];
  const columns = [indexes.map(({ license }) => license), indexes.map(({ index }) => index)];
  return store().sql.query<UserIndex>(ALL, columns);
}

/**
 * The indexes, in hex, by which the rows of the user whom a subject names are found without decrypting any; null for
 * an empty subject, which nobody has.
 */
export async function subjectIndexes(license: string, subject: string): Promise<string[] | null> {
  if (subject.trim() === "") return null;
  const row = await store().db.license.findUnique({
    where: { number: license },
    select: { subjectMatching: true, hasAliases: true },
  });
  if (!row) throw nothingHere();
  const keys = await dataKeys(license);
  const index = macInHex(keys.mac, subjectKey(subject, row.subjectMatching));
  if (!row.hasAliases) return [index];
  return (await indexesOfUsers([{ license, index }])).map((one) => one.index);
}
