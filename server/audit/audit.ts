import { uuidv7 } from "uuidv7";
import type { AuditAction } from "@/domain/audit-actions";
import { type AuditEntry, auditText, foldEvents } from "@/domain/audit-chain";
import type { Actor } from "@/server/access/actor";
import { type DataKeys, dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { mac } from "@/server/store/secret";
import type { Sql } from "@/server/store/sql";
import type { Tx } from "@/server/store/store";

/** What was done: a verb like `license.created`, the object's id, and facts that name no subject. */
export type AuditEvent = { action: AuditAction; object: string; details?: Record<string, unknown> };

/** The end of a chain, read under the lock that the caller holds. */
export type ChainHead = { sequence: number; hash: Uint8Array };

/** An event with its place in the chain. */
export type Link = AuditEntry & { id: string; hash: Buffer; standsFor: number | null };

const LOCK_INSTALLATION = {
  name: "audit_lock_installation",
  text: `SELECT audit_sequence, audit_head FROM installation WHERE id = 1 FOR NO KEY UPDATE`,
};
const LOCK_LICENSE = {
  name: "audit_lock_license",
  text: `SELECT audit_sequence, audit_head FROM roster WHERE license = $1 FOR NO KEY UPDATE`,
};
const MOVE_INSTALLATION = {
  name: "audit_move_installation",
  text: `UPDATE installation SET audit_sequence = $1, audit_head = decode($2, 'hex') WHERE id = 1`,
};
const MOVE_LICENSE = {
  name: "audit_move_license",
  text: `UPDATE roster SET audit_sequence = $1, audit_head = decode($2, 'hex') WHERE license = $3`,
};

/** Appends the events that `rows` gives. */
const insertAudit = (rows: string) => `
  INSERT INTO audit_event (id, chain, sequence, at, actor_kind, actor, action, object, details, address, request_id, hash,
    stands_for)
  SELECT id, chain, sequence, at, "actorKind", actor, action, object, details, address, "requestId", decode(hash, 'hex'),
    "standsFor"
  FROM ${rows}`;

const INSERT = {
  name: "audit_insert",
  text: insertAudit(`json_to_recordset($1::json) AS e(id uuid, chain text, sequence bigint, at timestamptz,
    "actorKind" text, actor text, action text, object text, details jsonb, address text, "requestId" text, hash text,
    "standsFor" int)`),
};

/** Appends events of one actor at one moment. The parameters from `first` on are the values of `auditColumns`. */
export function insertAuditColumns(chain: string, at: string, first: number): string {
  const nth = (offset: number) => `$${first + offset}`;
  return insertAudit(`unnest(${nth(0)}::uuid[], ${nth(1)}::bigint[], ${nth(2)}::text[], ${nth(3)}::text[], ${nth(4)}::jsonb[],
      ${nth(5)}::text[], ${nth(6)}::int[]) AS e(id, sequence, action, object, details, hash, "standsFor"),
    (SELECT ${chain} AS chain, ${at}::timestamptz AS at, ${nth(7)}::text AS "actorKind", ${nth(8)}::text AS actor,
      ${nth(9)}::text AS address, ${nth(10)}::text AS "requestId") whose`);
}

export function auditColumns(links: readonly Link[], actor: Actor): unknown[] {
  return [
    links.map(({ id }) => id),
    links.map(({ sequence }) => sequence),
    links.map(({ action }) => action),
    links.map(({ object }) => object),
    links.map(({ details }) => JSON.stringify(details)),
    links.map(({ hash }) => hash.toString("hex")),
    links.map(({ standsFor }) => standsFor),
    actor.kind,
    actor.id,
    actor.address ?? null,
    actor.requestId ?? null,
  ];
}

/** Writes what was done into the chain of a license or of the installation, inside the caller's transaction. */
export function recordEvents(
  tx: Tx,
  chain: string,
  actor: Actor,
  now: Date,
  deeds: AuditEvent[],
): Promise<void> {
  return appendEvents(sqlOnPrisma(tx), chain, actor, now, deeds);
}

/** The same through the small port. */
export async function appendEvents(
  sql: Pick<Sql, "query">,
  chain: string,
  actor: Actor,
  now: Date,
  deeds: AuditEvent[],
): Promise<void> {
  if (deeds.length === 0) return;
  const links = await nextLinks(sql, chain, actor, now, deeds);
  await sql.query(INSERT, [
    JSON.stringify(links.map((link) => ({ ...link, hash: link.hash.toString("hex") }))),
  ]);
  const end = links.at(-1);
  if (!end) return;
  const move = chain === INSTALLATION ? MOVE_INSTALLATION : MOVE_LICENSE;
  const where = chain === INSTALLATION ? [] : [chain];
  await sql.query(move, [BigInt(end.sequence), end.hash.toString("hex"), ...where]);
}

async function nextLinks(
  sql: Pick<Sql, "query">,
  chain: string,
  actor: Actor,
  now: Date,
  events: AuditEvent[],
) {
  const lock = chain === INSTALLATION ? LOCK_INSTALLATION : LOCK_LICENSE;
  const values = chain === INSTALLATION ? [] : [chain];
  const [row] = await sql.query<{ audit_sequence: bigint; audit_head: Uint8Array }>(lock, values);
  if (!row) throw new Error(`There is no audit chain ${chain}.`);
  const head = { sequence: Number(row.audit_sequence), hash: row.audit_head };
  return [...chainEvents(head, await dataKeys(INSTALLATION, sql), { chain, actor, now, deeds: events })];
}

/** Links deeds to the end of a chain; each link is made when it is read. */
export function* chainEvents(
  head: ChainHead,
  keys: DataKeys,
  { chain, actor, now, deeds }: { chain: string; actor: Actor; now: Date; deeds: readonly AuditEvent[] },
): Generator<Link, undefined> {
  const entries = deeds.map(
    ({ action, object, details = {} }, index): AuditEntry => ({
      chain,
      sequence: head.sequence + index + 1,
      at: now,
      actorKind: actor.kind,
      actor: actor.id,
      action,
      object,
      details,
      address: actor.address ?? null,
      requestId: actor.requestId ?? null,
    }),
  );
  const standing = foldEvents(entries);
  let before = head.hash;
  for (const [index, entry] of entries.entries()) {
    const hash = mac(keys.mac, auditText(entry, before));
    before = hash;
    yield { ...entry, id: uuidv7(), hash, standsFor: standing[index] ?? null };
  }
}

/** The small port inside a Prisma transaction, so that one statement serves both. */
export function sqlOnPrisma(tx: Tx): Pick<Sql, "query"> {
  return {
    query: <Row>({ text }: { text: string }, values: unknown[]) => tx.$queryRawUnsafe<Row[]>(text, ...values),
  };
}
