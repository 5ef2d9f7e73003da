import { openName } from "@/server/consumption/user-names";
import { dataKeys } from "@/server/secrets/data-keys";
import { decodeCursor, encodeCursor, type Position, type Slice } from "@/server/store/cursor";
import type { Sql } from "@/server/store/sql";
import { reading } from "@/server/store/store";

/** A stored session, as lists show it. */
export type ListedSession = {
  /** Unique within the license. */
  id: string;
  /** The id that its deployment gave it. */
  session: string;
  month: string;
  source: string;
  allotment: string;
  app: string;
  /** The name, or the subject index in hex where no name is kept or shown; null for an anonymous session. */
  user: string | null;
  start: Date;
  end: Date;
  minutes: number;
};

/** A page of sessions; `next` and `previous` are cursors, null where there is no such page. */
export type SessionPage = { items: ListedSession[]; next: string | null; previous: string | null };

export type SessionFilter = {
  /** The interval of their ends; `before` isn't included. */
  ended?: { from?: Date; before?: Date };
  /** The latest end first by default. */
  sort?: "endTime" | "-endTime";
  /** Whether the reader may see names of users. */
  withNames: boolean;
};

type Row = Omit<ListedSession, "id" | "user"> & { user: string; name: Uint8Array | null };
/** Cursors lead to the rows after a position, or before it. */
type Way = "after" | "before";

const EARLIEST = new Date(0);
const LATEST = new Date(Date.UTC(9999, 11, 31, 23, 59, 59, 999));

const ASCENDING = readPage("session_page", "ASC", ">");
const DESCENDING = readPage("session_page_desc", "DESC", "<");

/** The sessions of a license by their end, page by page. Throws `INVALID_CURSOR` for a cursor of another filter or order. */
export async function listSessions(
  license: string,
  { ended = {}, sort = "-endTime", withNames }: SessionFilter,
  { limit, cursor }: Slice,
): Promise<SessionPage> {
  const { from = EARLIEST, before = LATEST } = ended;
  const asked = ["sessions", license, from, before, sort];
  const { way, position } = positionIn(decodeCursor(cursor, asked));
  const isAscending = (sort === "endTime") === (way === "after");
  const rows = await readRows(reading().sql, isAscending, [
    license,
    from,
    before,
    ...(position ?? [isAscending ? from : before, "", "", ""]),
    limit + 1,
  ]);
  const found = rows.slice(0, limit);
  const shown = way === "after" ? found : found.toReversed();
  const cursorTo = (to: Way, row: Row | undefined) => (row ? encodeCursor(positionOf(to, row), asked) : null);
  const hasMore = rows.length > limit;
  return {
    items: await opened(license, shown, withNames),
    next: way === "before" || hasMore ? cursorTo("after", shown.at(-1)) : null,
    previous:
      (way === "after" && position) || (way === "before" && hasMore) ? cursorTo("before", shown[0]) : null,
  };
}

async function opened(license: string, rows: Row[], withNames: boolean): Promise<ListedSession[]> {
  const { encryption } = await dataKeys(license);
  return rows.map(({ user, name, ...row }) => ({
    id: `${row.month}/${row.source}/${row.session}`,
    ...row,
    user: (withNames ? openName(encryption, license, { user, subject: name }) : null) ?? (user || null),
  }));
}

function positionIn(position: Position | null): { way: Way; position: string[] | null } {
  if (!position) return { way: "after", position: null };
  return { way: position.key === "before" ? "before" : "after", position: JSON.parse(position.id) };
}

function positionOf(way: Way, { end, month, source, session }: Row): Position {
  return { key: way, id: JSON.stringify([end.toISOString(), month, source, session]) };
}

/** Without a position it begins at the edge of the interval: where an index scan begins decides what it reads. */
function readRows(sql: Pick<Sql, "query">, isAscending: boolean, values: unknown[]): Promise<Row[]> {
  return sql.query<Row>(isAscending ? ASCENDING : DESCENDING, values);
}

function readPage(name: string, order: "ASC" | "DESC", beyond: ">" | "<") {
  const by = ["ended_at", "month", "source", "id"].map((column) => `s.${column} ${order}`).join(", ");
  return {
    name,
    text: `
SELECT p.*, t.subject AS name FROM (
  SELECT s.id AS session, s.month, s.source, s.allotment, s.app, coalesce(encode(s.subject_index, 'hex'), '') AS user,
    s.started_at AS start, s.ended_at AS end, s.minutes
  FROM usage_session s
  WHERE s.license = $1 AND s.ended_at >= $2::timestamptz AND s.ended_at < $3::timestamptz
    AND (s.ended_at, s.month, s.source, s.id) ${beyond} ($4::timestamptz, $5::text, $6::text, $7::text)
  ORDER BY ${by} LIMIT $8::int
) p
LEFT JOIN session_total t ON t.license = $1 AND t.month = p.month AND t.allotment = p.allotment AND t.kind = 'user'
  AND t.key = p.user AND p.user <> ''
ORDER BY p.end ${order}, p.month ${order}, p.source ${order}, p.session ${order}`,
  };
}
