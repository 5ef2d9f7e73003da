import { subjectKey } from "@/domain/assignments/subject";
import {
  ASSIGNMENT_JSON,
  type AssignmentRow,
  openAssignment,
} from "@/server/assignments/log/assignment-rows";
import { dataKeys } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";

/** Two subjects that are one user. A text is known only as long as a seat of the user has it. */
export type ListedAlias = { id: string; subject: string | null; alias: string | null; declared: Date };

type Row = { id: string; alias: string; user: string; declared: Date };

const READ = {
  name: "aliases_list",
  text: `SELECT id::text, encode(alias_index, 'hex') AS alias, encode(primary_index, 'hex') AS user, declared_at AS declared
    FROM subject_alias WHERE license = $1 AND ($2::uuid IS NULL OR id < $2::uuid) ORDER BY id DESC LIMIT $3::int`,
};
const READ_OF = {
  name: "aliases_of_user",
  text: `SELECT id::text, encode(alias_index, 'hex') AS alias, encode(primary_index, 'hex') AS user, declared_at AS declared
    FROM subject_alias WHERE license = $1 AND primary_index = decode($2, 'hex') ORDER BY id`,
};
const SEATS = {
  name: "aliases_list_seats",
  text: `SELECT ${ASSIGNMENT_JSON} AS row
    FROM (SELECT DISTINCT decode(u, 'hex') AS index FROM unnest($2::text[]) AS w(u) OFFSET 0) w
    JOIN allotment t ON t.license = $1
    JOIN assignment a ON a.license = t.license AND a.allotment = t.key AND a.subject_index = w.index
    WHERE a.deleted IS NULL`,
};

/** The aliases of a license, the last declared first. */
export async function listAliases(license: string, { limit, cursor }: Slice): Promise<Page<ListedAlias>> {
  const asked = ["aliases", license];
  const position = decodeCursor(cursor, asked);
  const rows = await store().sql.query<Row>(READ, [license, position?.id ?? null, limit + 1]);
  const page = pageOf(rows, limit, asked, ({ id }) => ({ key: null, id }));
  return { items: await opened(license, page.items), cursor: page.cursor };
}

/** The aliases of a user, by the subject index. */
export async function aliasesOfUser(license: string, index: string): Promise<ListedAlias[]> {
  return opened(license, await store().sql.query<Row>(READ_OF, [license, index]));
}

async function opened(license: string, rows: readonly Row[]): Promise<ListedAlias[]> {
  const texts = await textsOf(license, rows);
  return rows.map(({ id, user, alias, declared }) => ({
    id,
    subject: texts.get(user) ?? null,
    alias: texts.get(alias) ?? null,
    declared: new Date(declared),
  }));
}

/** The texts of subjects that live seats of these users have, by their index. */
async function textsOf(license: string, aliases: readonly Row[]): Promise<Map<string, string>> {
  if (aliases.length === 0) return new Map();
  const { db, sql } = store();
  const keys = await dataKeys(license);
  const { subjectMatching: matching } = await db.license.findUniqueOrThrow({
    where: { number: license },
    select: { subjectMatching: true },
  });
  const users = aliases.map(({ user }) => user);
  const rows = await sql.query<{ row: AssignmentRow }>(SEATS, [license, users]);
  const texts = rows.flatMap(({ row }) => {
    const { subject, aliases: others = [] } = openAssignment(license, keys, row);
    return [subject, ...others];
  });
  return new Map(texts.map((text) => [macInHex(keys.mac, subjectKey(text, matching)), text]));
}
