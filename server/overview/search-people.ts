import { foldSubject } from "@/domain/assignments/subject";
import { seesSubjects } from "@/domain/roles";
import { licenseScope, type Principal } from "@/server/access/gate";
import { nameContains } from "@/server/assignments/lists/live-seat";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { store } from "@/server/store/store";

/** A user with a seat; `allotment` is the key of its name. */
export type PersonFound = { license: string; instance: string; subject: string; allotment: string };

const MOST = 6;

/** The users of a license whose name contains the text, by name; none for principals who may not see subjects. */
export async function searchPeople(who: Principal, license: string, query: string): Promise<PersonFound[]> {
  const part = foldSubject(query);
  if (part === "" || !seesSubjects(who.role)) return [];
  const where = { AND: [licenseScope(who), { number: license }] };
  if (!(await store().db.license.findFirst({ where, select: { number: true } }))) return [];
  const seats = (await liveSeats(license)).sorted("folded");
  const found = seats.filter((seat) => nameContains(seat, part)).slice(0, MOST);
  return found.map(({ instance, subject, allotment }) => ({ license, instance, subject, allotment }));
}
