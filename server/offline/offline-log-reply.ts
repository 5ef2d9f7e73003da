import { CompactSign } from "jose";
import type { LogKind } from "@/domain/offline/offline-log";
import { nothingHere } from "@/domain/refusals/refusal";
import { activeSigner } from "@/server/keys/signing-keys";
import { store } from "@/server/store/store";
import type { Rejected } from "./offline-log-apply";

const TYPE = "license-reply+jwt";
const READ = {
  name: "offline_log_reply",
  text: `SELECT kind, source, checkout::text, through, encode(hash, 'hex') AS hash,
    (SELECT json_agg(json_build_object('sequence', r.sequence, 'rejection', r.code) ORDER BY r.sequence)
      FROM offline_rejection r WHERE r.license = o.license AND r.log = o.log) AS rejected
  FROM offline_log o WHERE o.license = $1 AND o.log = $2::uuid`,
};

const SEATS = {
  name: "offline_log_seats",
  text: `SELECT sequence, instance::text FROM offline_seat
    WHERE license = $1 AND log = $2::uuid AND sequence > $3::int ORDER BY sequence LIMIT $4::int`,
};
const LIVE = {
  name: "offline_log_live",
  text: `SELECT a.instance::text
    FROM (SELECT $1::text AS license, instance FROM unnest($2::bigint[]) AS i(instance) OFFSET 0) wanted
    CROSS JOIN LATERAL (SELECT instance, deleted FROM assignment
      WHERE license = wanted.license AND instance = wanted.instance OFFSET 0) a
    WHERE a.deleted IS NULL`,
};
const BATCH = 2000;

/** The reply to a log for its deployment, unsigned and signed. Both lists cover the whole log. */
export type LogReply = { through: number; rejected: Rejected[]; released: number[]; reply: string };

type Row = {
  kind: LogKind;
  source: string;
  checkout: string;
  through: number;
  hash: string;
  rejected: Rejected[] | null;
};

export async function logReply(license: string, log: string, now: Date): Promise<LogReply> {
  const [row] = await store().sql.query<Row>(READ, [license, log]);
  if (!row) throw nothingHere();
  const { kind, source, checkout, through, hash } = row;
  const rejected = row.rejected ?? [];
  const released = kind === "assignments" ? await releasedLines(license, log) : [];
  const iat = Math.floor(now.getTime() / 1000);
  const claims = { license, checkout, source, log, kind, through, hash, rejected, released, iat };
  const { kid, privateKey } = await activeSigner();
  const reply = await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "RS512", typ: TYPE, kid })
    .sign(privateKey);
  return { through, rejected, released, reply };
}

/** The lines whose seats the log didn't release, but that nobody holds any more. */
async function releasedLines(license: string, log: string): Promise<number[]> {
  const { sql } = store();
  const released: number[] = [];
  for (let after = 0; ; ) {
    type Seat = { sequence: number; instance: string };
    const seats = await sql.query<Seat>(SEATS, [license, log, after, BATCH]);
    const instances = seats.map(({ instance }) => instance);
    const rows = await sql.query<{ instance: string }>(LIVE, [license, instances]);
    const live = new Set(rows.map(({ instance }) => instance));
    for (const { sequence, instance } of seats) if (!live.has(instance)) released.push(sequence);
    if (seats.length < BATCH) return released;
    after = seats.at(-1)?.sequence ?? after;
  }
}
