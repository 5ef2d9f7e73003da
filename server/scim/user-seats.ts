import { subjectKey } from "@/domain/assignments/subject";
import { subjectHash } from "@/domain/offline/offline-log";
import { offlineSaltOf } from "@/server/checkouts/offline-secrets";
import { type DataKeys, dataKeysOf } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import { userIndex } from "@/server/secrets/subject-index";
import type { Sql } from "@/server/store/sql";
import type { ReachedLicense } from "./connection";

/** How a subject is found in a license; in hex. `hash` is how offline logs name it, empty if the license keeps no hashes. */
export type SubjectKeys = { license: string; index: string; folded: string; exact: string; hash: string };

/** A live seat; the key of its allotment. */
export type UserSeat = { license: string; instance: string; allotment: string };

const FIND = {
  name: "scim_user_seats",
  text: `
SELECT a.license, a.instance::text, a.allotment
FROM (SELECT w.license, t.key, w.index
  FROM (SELECT u.license, CASE WHEN l.has_aliases THEN ${userIndex("u.license", "decode(u.index, 'hex')")}
      ELSE decode(u.index, 'hex') END AS index
    FROM unnest($1::text[], $2::text[]) AS u(license, index) JOIN license l ON l.number = u.license OFFSET 0) w
  JOIN allotment t ON t.license = w.license OFFSET 0) w
JOIN assignment a ON a.license = w.license AND a.allotment = w.key AND a.subject_index = w.index
WHERE a.deleted IS NULL
UNION
SELECT a.license, a.instance::text, a.allotment
FROM (SELECT license, decode(hash, 'hex') AS hash FROM unnest($1::text[], $3::text[]) AS w(license, hash)
  WHERE hash <> '' OFFSET 0) w
JOIN offline_hash h ON h.hash = w.hash AND h.license = w.license
JOIN assignment a ON a.license = h.license AND a.instance = h.instance
WHERE a.deleted IS NULL
ORDER BY 1, 3, 2`,
};

/** How these licenses know a subject, each by its own matching. */
export async function subjectKeysIn(
  subject: string,
  licenses: readonly ReachedLicense[],
): Promise<SubjectKeys[]> {
  const keys = await dataKeysOf(licenses.map(({ number }) => number));
  return licenses.flatMap((license) => {
    const own = keys.get(license.number);
    return own ? [subjectKeysFor(subject, license, own)] : [];
  });
}

/** The live seats of a subject in all allotments. */
export function findUserSeats(sql: Pick<Sql, "query">, places: readonly SubjectKeys[]): Promise<UserSeat[]> {
  const column = (name: "license" | "index" | "hash") => places.map((place) => place[name]);
  return sql.query<UserSeat>(FIND, [column("license"), column("index"), column("hash")]);
}

function subjectKeysFor(
  subject: string,
  { number, matching, hasHashes }: ReachedLicense,
  keys: DataKeys,
): SubjectKeys {
  const [folded, exact] = (["folded", "exact"] as const).map((how) =>
    macInHex(keys.mac, subjectKey(subject, how)),
  ) as [string, string];
  const hash = hasHashes ? subjectHash(offlineSaltOf(number, keys), subject, matching) : "";
  return { license: number, index: matching === "folded" ? folded : exact, folded, exact, hash };
}
