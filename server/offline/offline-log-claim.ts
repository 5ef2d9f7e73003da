import { lineHash } from "@/domain/offline/offline-log";
import { Refusal } from "@/domain/refusals/refusal";
import type { Sql } from "@/server/store/sql";
import { ON_TIMELINE, StoreWentBack } from "@/server/store/timeline";
import type { CheckedLog } from "./offline-log-file";

/** The stored state of a log. `through` is the sequence of the last line that was applied. */
export type StoredLog = { log: string; through: number; hash: string };

type Row = StoredLog & { header: string; closed: boolean; running: boolean };
type Query = Pick<Sql, "query">;

const LOOK = {
  name: "offline_log_look",
  text: `SELECT ${ON_TIMELINE} AS on_timeline, EXISTS (SELECT FROM deployment WHERE license = $1 AND source = $2
    AND (last_report IS NOT NULL OR last_sync IS NOT NULL)) AS online`,
};
const FIND = {
  name: "offline_log_find",
  text: `SELECT log::text, through, encode(hash, 'hex') AS hash, encode(header, 'hex') AS header,
    closed_at IS NOT NULL AS closed, turn IS NOT NULL AND turn_until > $5::timestamptz AS running
  FROM offline_log
  WHERE license = $1 AND (log = $2::uuid OR (source = $3 AND kind = $4 AND closed_at IS NULL))
  ORDER BY log FOR NO KEY UPDATE`,
};
const BEGIN = {
  name: "offline_log_begin",
  text: `INSERT INTO offline_log (license, log, kind, source, checkout, user_agent, created, header, hash, first_upload, last_upload)
  VALUES ($1, $2::uuid, $3, $4, $5::uuid, $6, $7::timestamptz, decode($8, 'hex'), decode($8, 'hex'), $9, $9)
  ON CONFLICT DO NOTHING RETURNING log`,
};
const TAKE_TURN = {
  name: "offline_log_turn",
  text: `UPDATE offline_log SET turn = $3::uuid, turn_until = $4::timestamptz, last_upload = $5
    WHERE license = $1 AND log = $2::uuid AND (turn IS NULL OR turn_until <= $5::timestamptz) RETURNING log`,
};
const END_TURN = {
  name: "offline_log_end",
  text: `UPDATE offline_log SET turn = NULL, turn_until = NULL WHERE license = $1 AND log = $2::uuid AND turn = $3::uuid`,
};

/** An upload that was cut off counts as running for this long. */
const TURN_MS = 120_000;

export function turnEnd(now: Date): Date {
  return new Date(now.getTime() + TURN_MS);
}

/** Where an upload continues the stored log; null for a log that was never uploaded. Throws if it doesn't continue it. */
export async function logPosition(
  sql: Query,
  license: string,
  checked: CheckedLog,
  now: Date,
): Promise<StoredLog | null> {
  const { log, source, kind } = checked.header;
  const [look] = await sql.query<{ on_timeline: boolean; online: boolean }>(LOOK, [license, source]);
  if (!look?.on_timeline) throw new StoreWentBack({ by: "timeline" });
  if (look.online)
    throw new Refusal(
      "SOURCE_IS_ONLINE",
      `The deployment ${source} reports or syncs over the network, so its log would count twice. Nothing was changed.`,
    );
  const rows = await sql.query<Row>(FIND, [license, log, source, kind, now]);
  if (rows.some(({ running }) => running)) throw uploading();
  const own = rows.find((row) => row.log === log.toLowerCase());
  if (own?.closed) throw new Refusal("LOG_CLOSED", "An admin closed this log. Nothing was changed.");
  const { through } = own ?? { through: 0 };
  if ((checked.first ?? 1) > through + 1)
    throw new Refusal(
      "LOG_GAP",
      `The file starts with line ${checked.first}, but the last line applied was ${through}. Upload the whole log.`,
    );
  if (own ? !goesOn(own, checked) : rows.length > 0) throw diverged(Boolean(own), through);
  return own ? { log, through, hash: own.hash } : null;
}

/** Starts or continues an upload: nobody else can upload this log until it ends. */
export async function takeTurn(sql: Query, license: string, checked: CheckedLog, turn: string, now: Date) {
  const { log, kind, source, checkout, userAgent, created, hash } = checked.header;
  const values = [license, log, kind, source, checkout, userAgent, created, hash, now];
  await sql.query(BEGIN, values);
  const taken = await sql.query(TAKE_TURN, [license, log, turn, turnEnd(now), now]);
  if (taken.length === 0) throw uploading();
}

export async function endTurn(sql: Query, license: string, log: string, turn: string): Promise<void> {
  await sql.query(END_TURN, [license, log, turn]);
}

/**
 * Whether the file continues the stored log. A file that ends before the last stored line has nothing new, and no
 * contradiction.
 */
function goesOn(own: Row, { header, first, last, from, key }: CheckedLog): boolean {
  if (own.header !== header.hash) return false;
  if (own.through === 0 || last.sequence < own.through) return true;
  if (first === own.through + 1) {
    const [next] = from(first);
    return next !== undefined && lineHash(key, own.hash, next) === next.hash;
  }
  const [known] = from(own.through);
  return known?.hash === own.hash;
}

function uploading(): Refusal {
  return new Refusal("UPLOAD_RUNNING", "This log is being uploaded. Wait a minute and upload it again.");
}

function diverged(isKnown: boolean, through: number): Refusal {
  const words = isKnown
    ? `Its line ${through} differs from the one applied earlier: the deployment was restored, or this is a different file.`
    : "Another log of this deployment is open: the deployment started over.";
  return new Refusal("LOG_DIVERGED", `${words} Nothing was changed. An admin can close the old log.`);
}
