import { subjectKey } from "@/domain/assignments/subject";
import { dataKeysOf } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import type { Sql } from "@/server/store/sql";

/** The indexes of a subject in a license, in hex: one for each way to compare subjects. */
export type SubjectKeys = { license: string; folded: string; exact: string };

const MARK = {
  name: "scim_mark_inactive",
  text: `
INSERT INTO scim_inactive (license, subject_index, matching, "user")
SELECT license, decode(index, 'hex'), matching::"SubjectMatching", "user"
FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) AS m(license, index, matching, "user")) m
ORDER BY 1, 2, 3, 4 ON CONFLICT DO NOTHING`,
};

export async function subjectKeysIn(
  subject: string,
  licenses: readonly { number: string }[],
): Promise<SubjectKeys[]> {
  const keys = await dataKeysOf(licenses.map(({ number }) => number));
  return licenses.flatMap(({ number: license }) => {
    const own = keys.get(license);
    if (!own) return [];
    const indexBy = (how: "folded" | "exact") => macInHex(own.mac, subjectKey(subject, how));
    return [{ license, folded: indexBy("folded"), exact: indexBy("exact") }];
  });
}

/**
 * Writes that users are inactive in licenses, for both ways to compare subjects: a license may change its own. Products
 * can't assign them seats automatically from then on.
 */
export async function markInactiveUsers(
  tx: Pick<Sql, "query">,
  places: ReadonlyMap<string, readonly SubjectKeys[]>,
): Promise<void> {
  const marks = [...places].flatMap(([user, found]) =>
    found.flatMap(({ license, folded, exact }) => [
      [license, folded, "folded", user],
      [license, exact, "exact", user],
    ]),
  );
  if (marks.length === 0) return;
  await tx.query(
    MARK,
    [0, 1, 2, 3].map((column) => marks.map((mark) => mark[column])),
  );
}
