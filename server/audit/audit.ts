import { uuidv7 } from "uuidv7";
import type { AuditAction } from "@/domain/audit-actions";
import { type AuditEntry, auditText, foldEvents } from "@/domain/audit-chain";
import { changeEvent } from "@/domain/events/audited-events";
import type { EventData } from "@/domain/events/cloud-event";
import type { Actor } from "@/server/access/actor";
import { insertEvents, type OutboxRow } from "@/server/events/outbox";
import { type DataKeys, dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { mac } from "@/server/store/secret";
import type { Sql } from "@/server/store/sql";
import type { Tx } from "@/server/store/store";

/**
 * An event to record: a verb like `license.created`, the object's id, and details that name no subject. `facts` are
 * only for the event that programs get.
 */
export type AuditEvent = {
  action: AuditAction;
  object: string;
  details?: Record<string, unknown>;
  facts?: EventData;
};

/** The hash before the first event of a chain. */
export const NO_HASH = new Uint8Array(32);

/** The end of a chain, read under the lock that the caller holds. */
export type ChainHead = { sequence: number; hash: Uint8Array };

/** An event linked into the chain, and the one that programs get, under the same id. */
export type Link = AuditEntry & {
  id: string;
  hash: Buffer;
  standsFor: number | null;
  published: OutboxRow | null;
};

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

const MOVE_LICENSES = {
  name: "audit_move_licenses",
  text: `UPDATE roster SET audit_sequence = e.sequence, audit_head = decode(e.hash, 'hex')
    FROM json_to_recordset($1::json) AS e(chain text, sequence bigint, hash text) WHERE license = e.chain`,
};

/** Column and type of each field of a link; a hash is passed as text. */
const COLUMNS = {
  id: ["id", "uuid"],
  chain: ["chain", "text"],
  sequence: ["sequence", "bigint"],
  at: ["at", "timestamptz"],
  actorKind: ["actor_kind", "text"],
  actor: ["actor", "text"],
  action: ["action", "text"],
  object: ["object", "text"],
  details: ["details", "jsonb"],
  address: ["address", "text"],
  requestId: ["request_id", "text"],
  hash: ["hash", "text"],
  standsFor: ["stands_for", "int"],
} as const satisfies Record<Exclude<keyof Link, "published">, readonly [string, string]>;
const FIELDS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

/** Appends the events that `rows` returns. */
const insertAudit = (rows: string) => `
  INSERT INTO audit_event (${FIELDS.map((field) => COLUMNS[field][0]).join(", ")})
  SELECT ${FIELDS.map((field) => (field === "hash" ? "decode(hash, 'hex')" : `"${field}"`)).join(", ")}
  FROM ${rows}`;

/** Appends audit events, and the events that programs get. */
const INSERT = {
  name: "audit_insert",
  text: `WITH published AS (${insertEvents("$2")}) ${insertAudit(
    `json_to_recordset($1::json) AS e(${FIELDS.map((field) => `"${field}" ${COLUMNS[field][1]}`).join(", ")})`,
  )}`,
};

/** Appends events of any chains. The parameters from `first` on are the values of `auditColumns`. */
export function insertAuditColumns(first: number): string {
  const arrays = FIELDS.map((field, index) => `$${first + index}::${COLUMNS[field][1]}[]`);
  return insertAudit(`unnest(${arrays.join(", ")}) AS e(${FIELDS.map((field) => `"${field}"`).join(", ")})`);
}

export function auditColumns(links: readonly Link[]): unknown[] {
  return FIELDS.map((field) => links.map((link) => written(link, field)));
}

function written(link: Link, field: (typeof FIELDS)[number]): unknown {
  if (field === "hash") return link.hash.toString("hex");
  if (field === "at") return link.at.toISOString();
  return field === "details" ? JSON.stringify(link.details) : link[field];
}

function actorFields({ kind, id, address, requestId }: Actor) {
  return { actorKind: kind, actor: id, address: address ?? null, requestId: requestId ?? null };
}

/** Records events in the chain of a license or of the installation, inside the caller's transaction. */
export function recordEvents(
  tx: Tx,
  chain: string,
  actor: Actor,
  now: Date,
  events: AuditEvent[],
): Promise<void> {
  return appendEvents(sqlOnPrisma(tx), chain, actor, now, events);
}

/** Records events through the small SQL interface. */
export async function appendEvents(
  sql: Pick<Sql, "query">,
  chain: string,
  actor: Actor,
  now: Date,
  events: AuditEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const links = await nextLinks(sql, chain, actor, now, events);
  await sql.query(INSERT, insertValues(links));
  const end = links.at(-1);
  if (!end) return;
  const move = chain === INSTALLATION ? MOVE_INSTALLATION : MOVE_LICENSE;
  const where = chain === INSTALLATION ? [] : [chain];
  await sql.query(move, [BigInt(end.sequence), end.hash.toString("hex"), ...where]);
}

/** Begins the chains of licenses that the caller's transaction creates, each with its first events. */
export async function beginChains(
  tx: Tx,
  chains: ReadonlyMap<string, AuditEvent[]>,
  actor: Actor,
  now: Date,
): Promise<void> {
  const sql = sqlOnPrisma(tx);
  const keys = await dataKeys(INSTALLATION, sql);
  const linked = [...chains].map(([chain, events]) => [
    ...chainEvents({ sequence: 0, hash: NO_HASH }, keys, { chain, actor, now, events }),
  ]);
  await sql.query(INSERT, insertValues(linked.flat()));
  await sql.query(MOVE_LICENSES, [rowsOf(linked.flatMap((links) => links.at(-1) ?? []))]);
}

function insertValues(links: readonly Link[]): [audit: string, published: string] {
  return [rowsOf(links), JSON.stringify(links.flatMap(({ published }) => published ?? []))];
}

function rowsOf(links: readonly Link[]): string {
  return JSON.stringify(
    links.map(({ published: _, ...link }) => ({ ...link, hash: link.hash.toString("hex") })),
  );
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
  return [...chainEvents(head, await dataKeys(INSTALLATION, sql), { chain, actor, now, events })];
}

/** Links events to the end of a chain; each link is computed when it is read. */
export function* chainEvents(
  head: ChainHead,
  keys: DataKeys,
  { chain, actor, now, events }: { chain: string; actor: Actor; now: Date; events: readonly AuditEvent[] },
): Generator<Link, undefined> {
  const who = actorFields(actor);
  const entries = events.map(
    ({ action, object, details = {} }, index): AuditEntry => ({
      chain,
      sequence: head.sequence + index + 1,
      at: now,
      action,
      object,
      details,
      ...who,
    }),
  );
  const standing = foldEvents(entries);
  let before = head.hash;
  for (const [index, entry] of entries.entries()) {
    const hash = mac(keys.mac, auditText(entry, before));
    before = hash;
    const id = uuidv7();
    const published = publishedOf(entry, id, events[index]);
    yield { ...entry, id, hash, standsFor: standing[index] ?? null, published };
  }
}

function publishedOf({ chain, at, actor }: AuditEntry, id: string, event?: AuditEvent): OutboxRow | null {
  const license = chain === INSTALLATION ? null : chain;
  const made = event && changeEvent({ ...event, actor, license });
  return made ? { id, type: made.type, time: at, license, data: made.data, subject: null } : null;
}

/** The small SQL interface inside a Prisma transaction, so that one statement serves both. */
export function sqlOnPrisma(tx: Tx): Pick<Sql, "query"> {
  return {
    query: <Row>({ text }: { text: string }, values: unknown[]) => tx.$queryRawUnsafe<Row[]>(text, ...values),
  };
}
