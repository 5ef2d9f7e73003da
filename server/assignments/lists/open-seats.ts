import { isInstance } from "@/domain/assignments/assignments";
import {
  ASSIGNMENT_JSON,
  type AssignmentRow,
  openAssignment,
} from "@/server/assignments/log/assignment-rows";
import { dataKeys } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";

/** A live seat with its subject decrypted. */
export type SeatOpened = {
  instance: string;
  allotment: string;
  subject: string;
  aliases?: readonly string[] | undefined;
  created: Date;
  source: string;
  lastUsed: string | null;
};

const READ = {
  name: "seats_open",
  text: `SELECT ${ASSIGNMENT_JSON} AS row
    FROM (SELECT $1::text AS license, instance FROM unnest($2::bigint[]) WITH ORDINALITY AS w(instance, place)) wanted
    JOIN assignment a ON a.license = wanted.license AND a.instance = wanted.instance
    WHERE a.deleted IS NULL`,
};

/** The live seats of these instances, in their order. Invalid and released instances are left out. */
export async function openSeats(license: string, instances: readonly string[]): Promise<SeatOpened[]> {
  const named = instances.filter(isInstance);
  const keys = await dataKeys(license);
  const rows = await store().sql.query<{ row: AssignmentRow }>(READ, [license, named]);
  const opened = new Map(rows.map(({ row }) => [row.instance, openAssignment(license, keys, row)]));
  return [...new Set(named)].flatMap((instance) => opened.get(instance) ?? []);
}
