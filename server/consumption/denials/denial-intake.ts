import { type Denial, type DenialError, readDenials } from "@/domain/consumption/denial";
import type { Report } from "@/server/consumption/consumption-slots";
import { type StoredUser, userStorage, withoutForbiddenNames } from "@/server/consumption/user-names";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";

/** How many denials of a report are stored, and which aren't. */
export type DenialsResult = { denials: number; denialErrors?: DenialError[] };

type DenialRow = Omit<Denial, "subject"> & StoredUser & { license: string };

/** Of two reports of one hour, reason, allotment and user the greater count stays, so each can come again. */
const STORE = {
  name: "denial_store",
  text: `
INSERT INTO denial (license, source, hour, reason, allotment, user_key, count, subject)
SELECT $1, $2, hour, reason, allotment, user_key, max(count), decode(max(subject), 'hex')
FROM unnest($3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[])
  AS g(hour, reason, allotment, user_key, count, subject)
GROUP BY hour, reason, allotment, user_key ORDER BY hour, reason, allotment, user_key
ON CONFLICT (license, source, hour, reason, allotment, user_key) DO UPDATE SET
  count = greatest(denial.count, excluded.count), subject = coalesce(denial.subject, excluded.subject)`,
};

/** Stores the denials of a report that is booked. If it fails the report stays unanswered and its repetition stores them. */
export async function recordDenials(
  { caller, now }: Report,
  sent: readonly Record<string, unknown>[],
): Promise<DenialsResult> {
  const { denials, errors } = readDenials(sent, now);
  const { license } = caller.key;
  const { sql } = store();
  const userOf = await userStorage(sql, [license]);
  const rows = denials.map((denial) => ({ ...denial, license, ...userOf(license, denial.subject) }));
  if (rows.length > 0)
    await sql.transaction(async (tx) => save(tx, caller.source, await withoutForbiddenNames(tx, rows)));
  return { denials: rows.length, ...(errors.length > 0 ? { denialErrors: errors } : {}) };
}

function save(tx: Pick<Sql, "query">, source: string | null, rows: readonly DenialRow[]): Promise<unknown[]> {
  const of = <T>(value: (row: DenialRow) => T) => rows.map(value);
  return tx.query(STORE, [
    rows[0]?.license,
    source,
    of(({ hour }) => hour.toISOString()),
    of(({ reason }) => reason),
    of(({ allotment }) => allotment),
    of(({ user }) => user),
    of(({ count }) => count),
    of(({ subject }) => subject),
  ]);
}
