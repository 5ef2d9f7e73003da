import { type DenialError, denialError, readDenials, type SentDenial } from "@/domain/consumption/denial";
import { monthOf } from "@/domain/month";
import type { Report } from "@/server/consumption/consumption-slots";
import { userStorage, withoutForbiddenNames } from "@/server/consumption/user-names";
import { store } from "@/server/store/store";
import { type DenialRow, storeDenials } from "./denial-statement";

/** How many denials of a report are stored, and which aren't. */
export type DenialsResult = { denials: number; denialErrors?: DenialError[] };

/** Stores the denials of a report that is booked. If it fails the report stays unanswered and its repetition stores them. */
export async function recordDenials(
  { caller, now }: Report,
  sent: readonly Record<string, unknown>[],
): Promise<DenialsResult> {
  const { denials, errors } = readDenials(sent, now);
  const full = denials.length > 0 ? await stored(caller.key.license, caller.source ?? "", denials) : [];
  const all = [...errors, ...full.map((index) => denialError(index, "DENIALS_FULL"))];
  const denialErrors = all.toSorted((a, b) => a.index - b.index);
  return { denials: denials.length - full.length, ...(all.length > 0 ? { denialErrors } : {}) };
}

/** Stores denials; returns the positions of those for which their month has no room. */
async function stored(license: string, source: string, denials: readonly SentDenial[]): Promise<number[]> {
  const { sql } = store();
  const named = denials.map(({ subject }) => ({ license, subject }));
  const userOf = await userStorage(sql, named);
  const rows: DenialRow[] = denials.map(({ subject, ...denial }) => ({
    ...{ ...denial, license, source, month: monthOf(denial.hour) },
    ...userOf(license, subject),
  }));
  return sql.transaction(async (tx) => storeDenials(tx, await withoutForbiddenNames(tx, rows)));
}
