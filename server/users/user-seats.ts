import type { Assignment } from "@/domain/assignments/assignment";
import { isInstance } from "@/domain/assignments/assignments";
import { isSubject, type SubjectMatching, subjectKey } from "@/domain/assignments/subject";
import { hashedSubject, hashIn } from "@/domain/offline/hashed-subject";
import { subjectHash } from "@/domain/offline/offline-log";
import { licenseScope, type Principal } from "@/server/access/gate";
import {
  ASSIGNMENT_JSON,
  type AssignmentRow,
  openAssignment,
} from "@/server/assignments/log/assignment-rows";
import { offlineSaltOf } from "@/server/checkouts/offline-secrets";
import { type DataKeys, dataKeys, dataKeysOf } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import { indexesOfUsers, type UserIndex } from "@/server/secrets/subject-index";
import { store } from "@/server/store/store";

/** An assignment of a user in one license; a released one has no subject. */
export type UserSeat = Assignment & { license: string };

const readSeats = (name: string, which: string) => ({
  name,
  text: `SELECT w.license, ${ASSIGNMENT_JSON} AS row FROM unnest($1::text[], $2::text[]) AS w(license, index)
    JOIN allotment p ON p.license = w.license
    JOIN assignment a ON a.license = p.license AND a.allotment = p.key AND a.subject_index = decode(w.index, 'hex')
    WHERE a.deleted ${which}`,
});
const READ_LIVE = readSeats("user_seats", "IS NULL");
const READ_RELEASED = readSeats("user_seats_released", "IS NOT NULL");

/** A license in which users are looked for: how it compares subjects, and whether it knows them by hashes and aliases. */
export type SearchedLicense = {
  number: string;
  subjectMatching: SubjectMatching;
  offlineHashes: boolean;
  hasAliases: boolean;
};

/** The licenses that a principal can see, in the order of their locks. */
export function searchedLicenses(who: Principal): Promise<SearchedLicense[]> {
  return store().db.license.findMany({
    where: licenseScope(who),
    select: { number: true, subjectMatching: true, offlineHashes: true, hasAliases: true },
    orderBy: { number: "asc" },
  });
}

/** The indexes of a user in all licenses that a principal can see. */
export async function userIndexes(who: Principal, subject: string): Promise<UserIndex[]> {
  return isSubject(subject) ? indexesIn(await searchedLicenses(who), subject) : [];
}

/**
 * The indexes of a user in these licenses, by each license's own matching and aliases; where hashes of offline logs are
 * kept, that of the user's hash too.
 */
export async function indexesIn(licenses: readonly SearchedLicense[], subject: string): Promise<UserIndex[]> {
  const keys = await dataKeysOf(licenses.map(({ number }) => number));
  const indexes = (some: typeof licenses) =>
    some.flatMap((license) => {
      const of = keys.get(license.number);
      return of ? spelledIndexes(license, of, subject) : [];
    });
  const aliased = await indexesOfUsers(indexes(licenses.filter(({ hasAliases }) => hasAliases)));
  return [...indexes(licenses.filter(({ hasAliases }) => !hasAliases)), ...aliased];
}

function spelledIndexes(
  { number, subjectMatching: matching, offlineHashes }: SearchedLicense,
  keys: DataKeys,
  subject: string,
): UserIndex[] {
  const indexOf = (text: string) => macInHex(keys.mac, subjectKey(text, matching));
  const named = { license: number, index: indexOf(subject) };
  if (!offlineHashes || hashIn(subject)) return [named];
  const hash = subjectHash(offlineSaltOf(number, keys), subject, matching);
  return [named, { license: number, index: indexOf(hashedSubject(hash)) }];
}

const READ_ONE = {
  name: "user_seat",
  text: `SELECT ${ASSIGNMENT_JSON} AS row FROM assignment a WHERE license = $1 AND instance = $2::bigint`,
};

/** An assignment of a license, live or released; null if there is none. */
export async function seatIn(license: string, instance: string): Promise<UserSeat | null> {
  if (!isInstance(instance)) return null;
  const [found] = await store().sql.query<{ row: AssignmentRow }>(READ_ONE, [license, instance]);
  return found ? { license, ...openAssignment(license, await dataKeys(license), found.row) } : null;
}

/** The seats that a user holds, by license and then in the order of adding. */
export function userSeats(indexes: readonly UserIndex[]): Promise<UserSeat[]> {
  return seatsBy(READ_LIVE, indexes);
}

/** The seats that a user held and whose traces are kept, by license and then in the order of adding. */
export function releasedSeatsOf(indexes: readonly UserIndex[]): Promise<UserSeat[]> {
  return seatsBy(READ_RELEASED, indexes);
}

async function seatsBy(statement: typeof READ_LIVE, indexes: readonly UserIndex[]): Promise<UserSeat[]> {
  const rows = await store().sql.query<{ license: string; row: AssignmentRow }>(statement, [
    indexes.map(({ license }) => license),
    indexes.map(({ index }) => index),
  ]);
  const keys = await dataKeysOf([...new Set(rows.map(({ license }) => license))]);
  const seats = rows.flatMap(({ license, row }): UserSeat[] => {
    const of = keys.get(license);
    return of ? [{ license, ...openAssignment(license, of, row) }] : [];
  });
  return seats.sort(
    (a, b) => (a.license < b.license ? -1 : Number(a.license > b.license)) || a.addedAt - b.addedAt,
  );
}
