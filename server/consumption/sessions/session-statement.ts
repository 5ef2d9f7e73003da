import { MAX_MONTH_SESSIONS } from "@/domain/consumption/session";
import type { Month } from "@/domain/month";
import { lockMonths } from "@/server/consumption/month-locks";
import type { Sql } from "@/server/store/sql";

/** A session as it is stored. Bytes are in hex. */
export type SessionRow = {
  license: string;
  month: Month;
  source: string;
  id: string;
  allotment: string;
  /** The subject index; empty if it is anonymous. */
  user: string;
  /** The encrypted name; null if it isn't kept. */
  subject: string | null;
  app: string;
  start: Date;
  end: Date;
  minutes: number;
};

export type SessionId = Pick<SessionRow, "license" | "month" | "source" | "id">;

/**
 * Stores sessions and moves the sums by what changed: of two reports of a session the one with more minutes stays.
 * Returns those that no longer fit into their month. Runs under the locks of the months, so what it reads is what it
 * replaces. Each is looked up as the first row from its key on, which only the primary key can give: the plan is made
 * while the month is empty, and a join by equality would then use any index that begins with the license, and read the
 * whole month of the license for each session.
 */
const STORE = {
  name: "session_store",
  text: `
WITH given AS MATERIALIZED (
  SELECT DISTINCT ON (license, month, source, id) *
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::timestamptz[], $10::timestamptz[], $11::bigint[]) WITH ORDINALITY
    AS g(license, month, source, id, allotment, user_key, subject, app, started_at, ended_at, minutes, nth)
  ORDER BY license, month, source, id, minutes DESC, nth
), known AS MATERIALIZED (
  SELECT g.*, s.minutes AS was_minutes, s.allotment AS was_allotment, s.app AS was_app,
    coalesce(encode(s.subject_index, 'hex'), '') AS was_user
  FROM given g LEFT JOIN LATERAL (
    SELECT * FROM usage_session u
    WHERE u.month = g.month AND (u.license, u.month, u.source, u.id) >= (g.license, g.month, g.source, g.id)
    ORDER BY u.license, u.month, u.source, u.id LIMIT 1
  ) s ON s.license = g.license AND s.source = g.source AND s.id = g.id
), fitting AS MATERIALIZED (
  SELECT k.*, k.was_minutes IS NOT NULL OR m.sessions
    + row_number() OVER (PARTITION BY k.license, k.month, k.was_minutes IS NULL ORDER BY k.nth) <= $12::int AS fits
  FROM known k JOIN session_month m ON m.license = k.license AND m.month = k.month
), taken AS MATERIALIZED (
  SELECT * FROM fitting WHERE fits AND (was_minutes IS NULL OR minutes > was_minutes)
), written AS (
  INSERT INTO usage_session (license, month, source, id, allotment, subject_index, app, started_at, ended_at, minutes)
  SELECT license, month, source, id, allotment, decode(nullif(user_key, ''), 'hex'), app, started_at, ended_at, minutes
  FROM taken
  ON CONFLICT (license, month, source, id) DO UPDATE SET allotment = excluded.allotment,
    subject_index = excluded.subject_index, app = excluded.app, started_at = excluded.started_at,
    ended_at = excluded.ended_at, minutes = excluded.minutes
), moved AS (
  SELECT license, month, allotment, source, user_key, app, subject, minutes, 1 AS sessions FROM taken
  UNION ALL
  SELECT license, month, was_allotment, source, was_user, was_app, NULL, -was_minutes, -1 FROM taken
  WHERE was_minutes IS NOT NULL
), summed AS (
  INSERT INTO session_total (license, month, allotment, kind, key, minutes, sessions, subject)
  SELECT license, month, allotment, k.kind, k.key, sum(minutes), sum(sessions), decode(max(k.subject), 'hex')
  FROM moved CROSS JOIN LATERAL
    (VALUES ('user', user_key, subject), ('app', app, NULL), ('deployment', source, NULL)) AS k(kind, key, subject)
  GROUP BY license, month, allotment, k.kind, k.key
  ON CONFLICT (license, month, allotment, kind, key) DO UPDATE SET
    minutes = session_total.minutes + excluded.minutes, sessions = session_total.sessions + excluded.sessions,
    subject = coalesce(session_total.subject, excluded.subject)
), counted AS (
  UPDATE session_month m SET sessions = m.sessions + n.added
  FROM (SELECT license, month, count(*) AS added FROM taken WHERE was_minutes IS NULL GROUP BY license, month) n
  WHERE m.license = n.license AND m.month = n.month
)
SELECT license, month, source, id FROM fitting WHERE NOT fits`,
};

/** Stores sessions within the caller's transaction; returns those for which their month has no room (`most`). */
export async function storeSessions(
  tx: Pick<Sql, "query">,
  rows: readonly SessionRow[],
  most = MAX_MONTH_SESSIONS,
): Promise<SessionId[]> {
  const of = <T>(value: (row: SessionRow) => T) => rows.map(value);
  await lockMonths(tx, rows);
  return tx.query<SessionId>(STORE, [
    of(({ license }) => license),
    of(({ month }) => month),
    of(({ source }) => source),
    of(({ id }) => id),
    of(({ allotment }) => allotment),
    of(({ user }) => user),
    of(({ subject }) => subject),
    of(({ app }) => app),
    of(({ start }) => start.toISOString()),
    of(({ end }) => end.toISOString()),
    of(({ minutes }) => minutes),
    most,
  ]);
}
