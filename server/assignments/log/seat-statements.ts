import type { AliasPair } from "@/domain/assignments/aliases";
import { SEAT_SHARES, type ShareRow } from "@/server/checkouts/checkout-shares";
import {
  type AdmissionStatus,
  type AdmittedLicense,
  HIDDEN_ALLOTMENTS,
  LICENSE_COLUMNS,
} from "@/server/deployments/admission";
import { callRows, readingStatement } from "@/server/deployments/call-statement";
import { ASSIGNMENT_JSON, type AssignmentRow } from "./assignment-rows";

export type LiveCounts = { live: Record<string, number> | null };

/** The seats of each allotment of `license l` that are held, by the allotment's key. */
export const LIVE = "(SELECT json_object_agg(t.key, t.live) FROM allotment t WHERE t.license = l.number)";

/** The rows that patches can touch, read under the lock of the log head. */
export type SeatsRow = AdmittedLicense &
  LiveCounts &
  Partial<Pick<AdmissionStatus, "scope">> & {
    /** Keys of allotments that are for other products than the caller's. */
    hidden?: string[] | null;
    touched: AssignmentRow[] | null;
    /** Of a license with aliases: all those of the users that the patches name. */
    aliases?: AliasPair[] | null;
    shares: readonly ShareRow[] | null;
    /** The subject indexes, of those that are wanted, of users who are inactive in a directory. */
    inactive: string[] | null;
  };

/** The users with aliases among the wanted subjects, by their indexes. */
const aliasedUsers = (seats: string) => `
  SELECT DISTINCT u.index FROM (SELECT DISTINCT decode(subject, 'hex') AS index FROM ${seats} OFFSET 0) w
    CROSS JOIN LATERAL (
      SELECT primary_index AS index FROM subject_alias WHERE license = l.number AND alias_index = w.index
      UNION ALL SELECT primary_index FROM subject_alias WHERE license = l.number AND primary_index = w.index OFFSET 0) u
    OFFSET 0`;

/** All aliases of the users among the wanted subjects. */
const aliases = (seats: string) => `
  (SELECT json_agg(json_build_object('alias', encode(s.alias_index, 'hex'), 'user', encode(s.primary_index, 'hex')))
    FROM (${aliasedUsers(seats)}) u CROSS JOIN LATERAL (
      SELECT * FROM subject_alias WHERE license = l.number AND primary_index = u.index OFFSET 0) s) AS aliases`;

/** The rows of users with aliases, in every allotment. */
const rowsOfAliased = (seats: string) => `
    UNION
    SELECT a.* FROM (${aliasedUsers(seats)}) u
      CROSS JOIN LATERAL (SELECT key FROM allotment WHERE license = l.number OFFSET 0) t
      CROSS JOIN LATERAL (SELECT * FROM assignment
        WHERE license = l.number AND allotment = t.key AND subject_index = u.index OFFSET 0) a`;

/**
 * The rows by instance, and by allotment with subject index, that two lists want. The license is repeated for each
 * wanted row, here and where changes are saved: so each is looked up by its full key, and a license is never scanned,
 * however small the planner assumes it is. `more` are other rows.
 */
const touched = (instances: string, seats: string, more = "") => `
  (SELECT json_agg(${ASSIGNMENT_JSON}) FROM (
    SELECT a.* FROM (SELECT l.number AS license, instance FROM ${instances} OFFSET 0) wanted
      JOIN assignment a ON a.license = wanted.license AND a.instance = wanted.instance
    UNION
    SELECT a.* FROM (SELECT l.number AS license, allotment, decode(subject, 'hex') AS subject FROM ${seats} OFFSET 0) wanted
      JOIN assignment a ON a.license = wanted.license AND a.allotment = wanted.allotment
        AND a.subject_index = wanted.subject${more}
  ) a) AS touched`;

/** The wanted indexes of users who are inactive. Costs a license that no directory manages one look at an index. */
const inactive = (seats: string) => `
  CASE WHEN EXISTS (SELECT FROM scim_inactive x WHERE x.license = l.number OFFSET 0) THEN
    (SELECT json_agg(encode(i.subject_index, 'hex'))
      FROM (SELECT DISTINCT l.number AS license, decode(subject, 'hex') AS subject FROM ${seats} OFFSET 0) wanted
      JOIN scim_inactive i ON i.license = wanted.license AND i.subject_index = wanted.subject
        AND i.matching = l.subject_matching) END AS inactive`;

const INSTANCES_OF_CALL = "unnest($11::int[], $12::bigint[]) AS i(slot, instance) WHERE i.slot = c.slot";
const SEATS_OF_CALL =
  "unnest($13::int[], $14::text[], $15::text[]) AS s(slot, allotment, subject) WHERE s.slot = c.slot";

/** The wanted users who are inactive under any of their subjects. */
const inactiveAliased = (seats: string) => `
  (SELECT json_agg(encode(u.index, 'hex')) FROM (
      SELECT DISTINCT u.index, s.index AS spelled FROM (${aliasedUsers(seats)}) u CROSS JOIN LATERAL (
        SELECT u.index UNION ALL SELECT alias_index FROM subject_alias
        WHERE license = l.number AND primary_index = u.index OFFSET 0) s(index)
      UNION SELECT decode(subject, 'hex'), decode(subject, 'hex') FROM ${seats}) u
    WHERE EXISTS (SELECT FROM scim_inactive i WHERE i.license = l.number AND i.subject_index = u.spelled
      AND i.matching = l.subject_matching)) AS inactive`;

const seatsOfCalls = (name: string, ...columns: string[]) =>
  readingStatement(
    name,
    ["c.slot", `${LIVE} AS live`, `${HIDDEN_ALLOTMENTS} AS hidden`, SEAT_SHARES, ...columns],
    callRows(),
  );

const INSTANCES = "unnest($2::bigint[]) AS i(instance)";
const SEATS = "unnest($3::text[], $4::text[]) AS s(allotment, subject)";

const seatsForAdmin = (name: string, ...columns: string[]) => ({
  name,
  text: `SELECT l.number AS license, ${LICENSE_COLUMNS}, ${LIVE} AS live, ${SEAT_SHARES}, ${columns.join(", ")}
    FROM license l WHERE l.number = $1`,
});

/** For deployments, whose keys are admitted in the same statement. What each wants names the slot of its call. */
export const LOAD_SEATS = seatsOfCalls(
  "seats_load",
  inactive(SEATS_OF_CALL),
  touched(INSTANCES_OF_CALL, SEATS_OF_CALL),
);

/** For an admin, who has passed the gate. */
export const LOAD_SEATS_AS_ADMIN = seatsForAdmin(
  "seats_load_admin",
  inactive(SEATS),
  touched(INSTANCES, SEATS),
);

/** The same for a license with aliases, so that others pay nothing for them. */
export const LOAD_ALIASED = seatsOfCalls(
  "seats_load_aliased",
  inactiveAliased(SEATS_OF_CALL),
  touched(INSTANCES_OF_CALL, SEATS_OF_CALL, rowsOfAliased(SEATS_OF_CALL)),
  aliases(SEATS_OF_CALL),
);
export const LOAD_ALIASED_AS_ADMIN = seatsForAdmin(
  "seats_load_aliased_admin",
  inactiveAliased(SEATS),
  touched(INSTANCES, SEATS, rowsOfAliased(SEATS)),
  aliases(SEATS),
);
