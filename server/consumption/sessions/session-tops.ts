import { type TopKind, wholeOf } from "@/domain/consumption/session";
import type { Month } from "@/domain/month";
import type { Meter } from "@/server/consumption/usage";
import { openName } from "@/server/consumption/user-names";
import { dataKeys } from "@/server/secrets/data-keys";
import { reading, store } from "@/server/store/store";

/** The minutes of one user, app or deployment in a month, over its sessions. */
export type Top = {
  /** The subject index in hex, the app or the source; empty for anonymous sessions, and for those without an app. */
  key: string;
  /** The name of a user if it is kept and shown, of an app, or that an admin gave a deployment; null if there is none. */
  name: string | null;
  minutes: number;
  sessions: number;
  /** The part of the month's minutes, from 0 to 1. */
  share: number;
};

/** The month's minutes of an allotment, and how many of them sessions tell of. */
export type SessionSums = { total: number; inSessions: number };

type Wanted = { license: string; meter: Meter; month: Month };
/** One user, app or deployment, by its key. */
export type TopKey = { kind: TopKind; key: string };
/** `withNames` is whether the reader may see names of users; `within` leaves only the sessions of one of them. */
type Listed = { kind: TopKind; withNames: boolean; limit: number; within?: TopKey | null };
export type TopsOf = Wanted & Listed;
type Row = Omit<Top, "name" | "share"> & { subject: Uint8Array | null; label: string | null };

const READ = {
  name: "session_tops",
  text: `
SELECT t.key, t.minutes, t.sessions, t.subject, d.name AS label
FROM session_total t
LEFT JOIN deployment d ON t.kind = 'deployment' AND d.license = t.license AND d.source = t.key
WHERE t.license = $1 AND t.month = $2 AND t.allotment = $3 AND t.kind = $4 AND t.sessions > 0
ORDER BY t.minutes DESC, t.key DESC LIMIT $5`,
};

const KEY_OF: Record<TopKind, string> = {
  user: "coalesce(encode(s.subject_index, 'hex'), '')",
  app: "s.app",
  deployment: "s.source",
};

/** The sessions of one user, app or deployment, by columns that have an index. */
const WITHIN = {
  user: "s.subject_index = $6",
  anonymous: "s.subject_index IS NULL",
  app: "s.app = $6",
  deployment: "s.source = $6",
} as const;

/** Of the sessions of one user, app or deployment there are no sums, so its month is added up. */
function readWithin(kind: TopKind, within: keyof typeof WITHIN) {
  return {
    name: `session_tops_${kind}_of_${within}`,
    text: `
SELECT m.key, m.minutes, m.sessions, t.subject, d.name AS label
FROM (SELECT ${KEY_OF[kind]} AS key, sum(s.minutes)::bigint AS minutes, count(*)::int AS sessions
  FROM usage_session s
  WHERE s.license = $1 AND s.month = $2 AND s.allotment = $3 AND ${WITHIN[within]}
  GROUP BY 1 ORDER BY 2 DESC, 1 DESC LIMIT $5) m
LEFT JOIN session_total t
  ON t.license = $1 AND t.month = $2 AND t.allotment = $3 AND t.kind = $4 AND t.key = m.key
LEFT JOIN deployment d ON t.kind = 'deployment' AND d.license = $1 AND d.source = m.key
ORDER BY m.minutes DESC, m.key DESC`,
  };
}

const READ_ONE = {
  name: "session_top",
  text: `
SELECT t.key, t.minutes, t.sessions, t.subject, d.name AS label
FROM session_total t
LEFT JOIN deployment d ON t.kind = 'deployment' AND d.license = t.license AND d.source = t.key
WHERE t.license = $1 AND t.month = $2 AND t.allotment = $3 AND t.kind = $4 AND t.key = $5 AND t.sessions > 0`,
};

/** There are fewer deployments than users and apps, so their sums are the quickest to add up. */
const SUMS = {
  name: "session_sums",
  text: `
SELECT coalesce((SELECT total FROM usage_month WHERE license = $1 AND month = $2 AND allotment = $3), 0) AS total,
  coalesce((SELECT sum(minutes)::bigint FROM session_total
    WHERE license = $1 AND month = $2 AND allotment = $3 AND kind = 'deployment'), 0) AS "inSessions"`,
};

export async function sessionSums({ license, meter, month }: Wanted): Promise<SessionSums> {
  const [sums] = await reading().sql.query<SessionSums>(SUMS, [license, month, meter.key]);
  return sums ?? { total: 0, inSessions: 0 };
}

/**
 * Who or what used the most minutes of an allotment in a month, the most first. Its cost doesn't grow with the sessions,
 * unless it is within one user, app or deployment.
 */
export async function topsOf(of: TopsOf, sums: SessionSums): Promise<Top[]> {
  const { license, meter, month, kind, limit, within } = of;
  const asked = [license, month, meter.key, kind, limit];
  const rows = within ? await rowsWithin(within, asked, kind) : await reading().sql.query<Row>(READ, asked);
  return namedTops(of, rows, sums);
}

function rowsWithin({ kind: within, key }: TopKey, asked: unknown[], kind: TopKind): Promise<Row[]> {
  const { sql } = reading();
  if (within === "user" && key === "") return sql.query(readWithin(kind, "anonymous"), asked);
  const value = within === "user" ? Buffer.from(key, "hex") : key;
  return sql.query(readWithin(kind, within), [...asked, value]);
}

/** One user, app or deployment of a month; null if no session names it. */
export async function topOf(
  of: Wanted & TopKey & Pick<Listed, "withNames">,
  sums: SessionSums,
): Promise<Top | null> {
  const { license, meter, month, kind, key } = of;
  const rows = await store().sql.query<Row>(READ_ONE, [license, month, meter.key, kind, key]);
  const [top] = await namedTops(of, rows, sums);
  return top ?? null;
}

async function namedTops(
  { license, kind, withNames }: Pick<TopsOf, "license" | "kind" | "withNames">,
  rows: readonly Row[],
  sums: SessionSums,
): Promise<Top[]> {
  const { encryption } = await dataKeys(license);
  const nameOf = ({ key, subject, label }: Row) => {
    if (kind === "user") return withNames ? openName(encryption, license, { user: key, subject }) : null;
    return kind === "app" ? key || null : label;
  };
  return rows.map((row) => {
    const { key, minutes, sessions } = row;
    return { key, name: nameOf(row), minutes, sessions, share: minutes / wholeOf(sums) };
  });
}
