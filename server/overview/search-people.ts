import { foldSubject, subjectKey } from "@/domain/assignments/subject";
import { seesSubjects } from "@/domain/roles";
import { licenseScope, type Principal } from "@/server/access/gate";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import {
  ASSIGNMENT_JSON,
  type AssignmentRow,
  openAssignment,
} from "@/server/assignments/log/assignment-rows";
import { dataKeysOf } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import { store } from "@/server/store/store";

/** A user with a seat; `allotment` is the key of its name. */
export type PersonFound = { license: string; instance: string; subject: string; allotment: string };

const MOST = 6;
const MOST_EVERYWHERE = 20;

/** The users of a license whose name contains the text, by name; none for principals who may not see subjects. */
export async function searchPeople(who: Principal, license: string, query: string): Promise<PersonFound[]> {
  const part = foldSubject(query);
  if (part === "" || !seesSubjects(who.role)) return [];
  const where = { AND: [licenseScope(who), { number: license }] };
  if (!(await store().db.license.findFirst({ where, select: { number: true } }))) return [];
  const seats = (await liveSeats(license)).sorted("folded");
  const found = seats.filter(({ folded }) => folded.includes(part)).slice(0, MOST);
  return found.map(({ instance, subject, allotment }) => ({ license, instance, subject, allotment }));
}

const READ = {
  name: "search_people",
  text: `SELECT w.license, ${ASSIGNMENT_JSON} AS row FROM unnest($1::text[], $2::text[]) AS w(license, index)
    JOIN allotment p ON p.license = w.license
    JOIN assignment a ON a.license = p.license AND a.allotment = p.key AND a.subject_index = decode(w.index, 'hex')
    WHERE a.deleted IS NULL LIMIT $3::int`,
};

/**
 * The users with exactly this name, in every license that a principal can see: found by the subject index, so only
 * matches are decrypted.
 */
export async function searchPeopleEverywhere(who: Principal, name: string): Promise<PersonFound[]> {
  if (name.trim() === "" || !seesSubjects(who.role)) return [];
  const licenses = await store().db.license.findMany({
    where: licenseScope(who),
    select: { number: true, subjectMatching: true },
  });
  const keys = await dataKeysOf(licenses.map(({ number }) => number));
  const wanted = licenses.flatMap(({ number, subjectMatching }) => {
    const of = keys.get(number);
    return of ? [{ number, index: macInHex(of.mac, subjectKey(name, subjectMatching)) }] : [];
  });
  const rows = await store().sql.query<{ license: string; row: AssignmentRow }>(READ, [
    wanted.map(({ number }) => number),
    wanted.map(({ index }) => index),
    MOST_EVERYWHERE,
  ]);
  return rows.flatMap(({ license, row }) => {
    const of = keys.get(license);
    if (!of) return [];
    const { instance, subject, allotment } = openAssignment(license, of, row);
    return [{ license, instance, subject, allotment }];
  });
}
