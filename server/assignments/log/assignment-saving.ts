import { uuidv7 } from "uuidv7";
import type {
  Assignment,
  Change,
  PatchContext,
  PatchResults,
  Rejected,
} from "@/domain/assignments/assignment";
import { hashIn } from "@/domain/offline/hashed-subject";
import { type AuditEvent, auditColumns, type ChainHead, chainEvents, type Link } from "@/server/audit/audit";
import { encryptedEventSubject, eventColumns, type OutboxRow } from "@/server/events/outbox";
import type { DataKeys } from "@/server/secrets/data-keys";
import { encrypt } from "@/server/secrets/encryption";
import type { Sql, Statement } from "@/server/store/sql";
import { eventsOf, publishedOf, rejectionData, subjectsOf } from "./assignment-events";
import { encryptedAliases, encryptedSubject, rejectionContext } from "./assignment-rows";
import { type LockedLogHead, SAVE_CHANGES, SAVE_HASHES, SAVE_NAMES } from "./assignment-statements";
import type { Changer } from "./changer";

/** Changes of one license that were decided in turn under the lock of its log head, and aren't saved yet. */
export type Decided = {
  license: string;
  keys: DataKeys;
  logHead: LockedLogHead;
  parts: Part[];
} & Pick<PatchContext, "hashOf">;

/** What one request changes. */
type Part = { result: PatchResults; changer: Pick<Changer, "source" | "actor" | "now"> };

type Write = [statement: Statement, values: unknown[]];
/** A row beside the license that it belongs to. */
type Placed = Assignment & { home: Decided };
/** `bared` are the released rows that had aliases. */
type Rows = Record<"gone" | "bared" | "used" | "named" | "added", Placed[]>;
type Linked = { link: Link; published: OutboxRow[] };

/** The most rows in one statement. Larger ones take longer per row and more memory. */
const SLICE = 250;

/** Saves the changes of licenses, with the counters, rejections and the audit, under the locks of their log heads. */
export async function saveChanges(
  tx: Pick<Sql, "query">,
  decided: readonly Decided[],
  auditKeys: DataKeys,
): Promise<void> {
  const all = decided.flatMap((one) => {
    const parts = one.parts.filter(({ result }) => result.changes.length + result.rejected.length > 0);
    return parts.length > 0 ? { ...one, parts } : [];
  });
  if (all.length > 0) await sendAll(tx, writesOf(all, auditKeys));
}

/** Most changes take one statement. If there are more, each is prepared while the database runs the one before. */
async function sendAll(tx: Pick<Sql, "query">, writes: Iterable<Write>): Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  try {
    for (const [statement, values] of writes) {
      await running;
      running = tx.query(statement, values);
    }
  } finally {
    await running; // Waits even if the next one can't be prepared: nothing may still run when the transaction ends.
  }
}

function* writesOf(all: readonly Decided[], auditKeys: DataKeys): Generator<Write> {
  const rows = rowsToWrite(all);
  const events = all.flatMap(({ parts }) =>
    parts.map(({ result, changer }) => eventsOf(result, changer.source)),
  );
  const count = events.reduce((sum, some) => sum + some.length, 0);
  const ends = new Map(all.map(({ license, logHead }) => [license, endOf(logHead)]));
  const links = linksOf(all, auditKeys, events, ends);
  const slices = slicesOf(rows);
  for (const [at, { gone, used, added }] of slices.entries()) {
    const isLast = at === slices.length - 1; // Additions remove older rejections, so new ones come after all of them.
    const some = take(links, isLast ? count : Math.ceil(count / slices.length));
    const values = [
      ...columns(gone, licenseOf, "instance", "version", deletedAt),
      ...columns(used, licenseOf, "instance", "lastUsed"),
      ...addedColumns(added),
      isLast ? JSON.stringify(countsMoved(all)) : "[]",
      isLast ? JSON.stringify(encryptedRejections(all)) : "[]",
      ...auditColumns(some.map(({ link }) => link)),
      ...eventColumns(some.flatMap(({ published }) => published)),
      ...headColumns(isLast ? all : [], ends),
      aliasColumn(added),
    ];
    yield [SAVE_CHANGES, values];
  }
  for (const one of all) {
    const names = nameValues(one, rows);
    if (names) yield [SAVE_NAMES, names];
  }
  for (const one of all) if (one.hashOf) yield [SAVE_HASHES, hashValues(one, rows, one.hashOf)];
}

function endOf({ audit_sequence, audit_head }: LockedLogHead): ChainHead {
  return { sequence: audit_sequence, hash: audit_head };
}

/** Links the events of all parts, each when it is read; `ends` follows. */
function* linksOf(
  all: readonly Decided[],
  auditKeys: DataKeys,
  events: readonly AuditEvent[][],
  ends: Map<string, ChainHead>,
): Generator<Linked, undefined> {
  const own = events.values();
  for (const { license, keys, logHead, parts } of all)
    for (const { result, changer } of parts) {
      const subjects = subjectsOf(result);
      const { actor, now } = changer;
      const what = { chain: license, actor, now, events: own.next().value ?? [] };
      for (const link of chainEvents(ends.get(license) ?? endOf(logHead), auditKeys, what)) {
        ends.set(license, link);
        yield { link, published: publishedOf(license, keys, link, subjects) };
      }
    }
}

function headColumns(all: readonly Decided[], ends: ReadonlyMap<string, ChainHead>): unknown[][] {
  const heads = all.map(({ license, logHead, parts }) => {
    const { sequence, hash } = ends.get(license) ?? endOf(logHead);
    const version = parts.at(-1)?.result.version ?? logHead.version;
    return { license, version, sequence, hash: Buffer.from(hash).toString("hex") };
  });
  return columns(heads, "license", "version", "sequence", "hash");
}

function changesOf({ parts }: Decided): Change[] {
  return parts.flatMap(({ result }) => result.changes);
}

/** Each changed row once, in its last state. */
function rowsToWrite(all: readonly Decided[]): Rows {
  const rows: Rows = { gone: [], bared: [], used: [], named: [], added: [] };
  for (const home of all) {
    const changes = changesOf(home);
    const isNamed = ({ kind }: Change) => kind === "name" || kind === "alias";
    const renamed = new Set(changes.filter(isNamed).map(({ row }) => row.instance));
    const fresh = new Set(changes.filter(({ kind }) => kind === "add").map(({ row }) => row.instance));
    for (const row of new Map(changes.map(({ row }) => [row.instance, { ...row, home }])).values()) {
      const isNew = fresh.has(row.instance);
      rows[isNew ? "added" : row.deleted ? "gone" : "used"].push(row);
      if (!isNew && !row.deleted && renamed.has(row.instance)) rows.named.push(row);
    }
    for (const { kind, row, aliases } of changes)
      if (kind === "delete" && aliases) rows.bared.push({ ...row, home });
  }
  return rows;
}

/** The parts in the order in which they must be written: all releases before any addition. */
function slicesOf({ gone, used, added }: Rows): Pick<Rows, "gone" | "used" | "added">[] {
  if (gone.length + used.length + added.length <= SLICE) return [{ gone, used, added }];
  const none = { gone: [], used: [], added: [] };
  return [
    ...slices(gone).map((some) => ({ ...none, gone: some })),
    ...slices(used).map((some) => ({ ...none, used: some })),
    ...slices(added).map((some) => ({ ...none, added: some })),
  ];
}

function slices<Row>(rows: readonly Row[]): Row[][] {
  const count = Math.ceil(rows.length / SLICE);
  return Array.from({ length: count }, (_, at) => rows.slice(at * SLICE, (at + 1) * SLICE));
}

function take<Each>(source: Iterator<Each>, count: number): Each[] {
  const some: Each[] = [];
  while (some.length < count) {
    const { value, done } = source.next();
    if (done) break;
    some.push(value);
  }
  return some;
}

function columns<Row>(
  rows: readonly Row[],
  ...columns: (keyof Row | ((row: Row) => unknown))[]
): unknown[][] {
  return columns.map((of) => rows.map((row) => (typeof of === "function" ? of(row) : row[of])));
}

const licenseOf = ({ home }: Placed) => home.license;
const subjectOf = (row: Placed) => encryptedSubject(row.home.license, row.home.keys, row);
const deletedAt = ({ deleted }: Assignment) => deleted?.toISOString() ?? null;

function addedColumns(rows: readonly Placed[]): unknown[][] {
  return columns(
    rows,
    ...([licenseOf, "instance", "allotment", "index", subjectOf, "version", "addedAt"] as const),
    ({ created }) => created.toISOString(),
    ({ received }) => received?.toISOString() ?? null,
    ...(["source", "auto", "lastUsed"] as const),
    deletedAt,
  );
}

/** Null if no row has aliases. */
function aliasColumn(rows: readonly Placed[]): boolean[] | null {
  return rows.some(hasAliases) ? rows.map(hasAliases) : null;
}

function hasAliases({ aliases }: Assignment): boolean {
  return aliases !== undefined;
}

function rowsOf(home: Decided, some: readonly Placed[]): Placed[] {
  return some.filter((row) => row.home === home);
}

/** The values of `SAVE_NAMES`; null if there is nothing to save. */
function nameValues(home: Decided, rows: Rows): unknown[] | null {
  const [named, bared] = [rowsOf(home, rows.named), rowsOf(home, rows.bared)];
  const aliased = [...named, ...rowsOf(home, rows.added)].filter((row) => hasAliases(row) && !row.deleted);
  const plain = [...bared, ...named.filter((row) => !hasAliases(row))];
  if (named.length + aliased.length + plain.length === 0) return null;
  const names = named.map((row) => {
    const { instance, version, index } = row;
    return { instance, version, index, subject: subjectOf(row), aliased: hasAliases(row) };
  });
  return [
    home.license,
    JSON.stringify(names),
    ...columns(plain, "instance"),
    ...columns(aliased, "instance"),
    aliased.map((row) => encryptedAliases(home.license, home.keys, row)),
  ];
}

function hashValues(home: Decided, rows: Rows, hashOf: (subject: string) => string): unknown[] {
  const own = (some: readonly Placed[]) => rowsOf(home, some);
  const [gone, named, added] = [own(rows.gone), own(rows.named), own(rows.added)];
  const hash = ({ deleted, subject }: Assignment) => (deleted ? null : (hashIn(subject) ?? hashOf(subject)));
  return [
    home.license,
    ...columns(gone, "instance"),
    JSON.stringify(named.map((row) => ({ instance: row.instance, hash: hash(row) }))),
    ...columns(added, "instance"),
    added.map(hash),
  ];
}

function countsMoved(all: readonly Decided[]): { license: string; key: string; moved: number }[] {
  return all.flatMap((home) =>
    [...seatsMoved(changesOf(home))].map(([key, moved]) => ({ license: home.license, key, moved })),
  );
}

/** How many seats of each allotment changes took, less those that they released. */
export function seatsMoved(changes: readonly Change[]): Map<string, number> {
  const moved = new Map<string, number>();
  for (const { kind, row } of changes) {
    if (kind === "add" || kind === "delete")
      moved.set(row.allotment, (moved.get(row.allotment) ?? 0) + (kind === "add" ? 1 : -1));
  }
  return moved;
}

/** Rejections, each with its event. */
function encryptedRejections(all: readonly Decided[]) {
  return all.flatMap(({ license, keys, parts }) =>
    parts.flatMap(({ result, changer }) =>
      result.rejected.map((seat) => encryptedRejection(license, keys, changer, seat)),
    ),
  );
}

function encryptedRejection(
  license: string,
  { encryption }: DataKeys,
  { source, now }: Part["changer"],
  seat: Rejected,
) {
  const { subject, ...place } = seat;
  const context = rejectionContext(license, { ...place, source });
  const sealed = encrypt(encryption, Buffer.from(subject), context).toString("base64");
  const id = uuidv7();
  const published = encryptedEventSubject(encryption, license, id, subject);
  const data = rejectionData(license, source, seat);
  return { license, ...seat, source, at: now, subject: sealed, id, data, published };
}
