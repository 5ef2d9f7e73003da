import { rejectionContext } from "@/server/assignments/log/assignment-rows";
import type { Query } from "@/server/assignments/log/changer";
import { dataKeys } from "@/server/secrets/data-keys";
import { decrypt, encrypt } from "@/server/secrets/encryption";

type Row = {
  allotment: string;
  source: string;
  code: string;
  subject: Uint8Array;
  first: Date;
  last: Date;
  times: number;
  /** Whether the user that they move to holds a seat of the allotment. */
  settled: boolean;
};

const READ = {
  name: "alias_rejections",
  text: `
SELECT r.allotment, r.source, r.code, r.subject, r.first_at AS first, r.last_at AS last, r.times,
  EXISTS (SELECT FROM assignment a WHERE a.license = t.license AND a.allotment = t.key
    AND a.subject_index = decode($3, 'hex') AND a.deleted IS NULL) AS settled
FROM allotment t
JOIN rejection r ON r.license = t.license AND r.allotment = t.key AND r.subject_index = decode($2, 'hex')
WHERE t.license = $1 ORDER BY r.allotment, r.source, r.code`,
};
const REMOVE = {
  name: "alias_rejection_remove",
  text: `DELETE FROM rejection WHERE license = $1 AND allotment = $2 AND subject_index = decode($3, 'hex')
    AND source = $4 AND code = $5`,
};
const PUT = {
  name: "alias_rejection_put",
  text: `
INSERT INTO rejection (license, allotment, subject_index, source, code, subject, first_at, last_at, times)
VALUES ($1, $2, decode($3, 'hex'), $4, $5, decode($6, 'base64'), $7, $8, $9)
ON CONFLICT (license, allotment, subject_index, source, code) DO UPDATE SET
  first_at = least(rejection.first_at, excluded.first_at), last_at = greatest(rejection.last_at, excluded.last_at),
  times = rejection.times + excluded.times`,
};

/** The indexes between which rejections move, and which of them by their subjects; all if it isn't given. */
type Move = { from: string; to: string; which?: (subject: string) => boolean };

/**
 * Gives rejections to another subject index, encrypted for their new key; those that a seat has settled are dropped.
 */
export async function moveRejections(
  tx: Query,
  license: string,
  { from, to, which = () => true }: Move,
): Promise<void> {
  const { encryption } = await dataKeys(license, tx);
  for (const row of await tx.query<Row>(READ, [license, from, to])) {
    const { allotment, source, code, first, last, times } = row;
    const context = (index: string) => rejectionContext(license, { allotment, source, code, index });
    const subject = decrypt(encryption, row.subject, context(from));
    if (!which(subject.toString())) continue;
    await tx.query(REMOVE, [license, allotment, from, source, code]);
    if (row.settled) continue;
    const sealed = encrypt(encryption, subject, context(to)).toString("base64");
    await tx.query(PUT, [license, allotment, to, source, code, sealed, first, last, times]);
  }
}
