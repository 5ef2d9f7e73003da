import { uuidv7 } from "uuidv7";
import type { Assignment, PatchContext, PatchResults } from "@/domain/assignments/assignment";
import { hashIn } from "@/domain/offline/hashed-subject";
import { auditColumns, type ChainHead, chainEvents } from "@/server/audit/audit";
import { encryptedEventSubject, eventColumns } from "@/server/events/outbox";
import type { DataKeys } from "@/server/secrets/data-keys";
import { encrypt } from "@/server/secrets/encryption";
import type { Sql, Statement } from "@/server/store/sql";
import { eventsOf, publishedOf, rejectionData, subjectsOf } from "./assignment-events";
import { encryptedSubject, rejectionContext } from "./assignment-rows";
import { type LockedLogHead, SAVE_CHANGES, SAVE_HASHES } from "./assignment-statements";
import type { Changer } from "./changer";

type Keys = { keys: DataKeys; auditKeys: DataKeys } & Pick<PatchContext, "hashOf">;
type Write = [statement: Statement, values: unknown[]];
type Rows = Record<"gone" | "used" | "named" | "added", Assignment[]>;

/** The most rows in one statement. Larger ones take longer per row and more memory. */
const SLICE = 250;

/** Saves the changes of patches, with the counters, rejections and the audit, under the lock of the log head. */
export async function saveChanges(
  tx: Pick<Sql, "query">,
  license: string,
  logHead: LockedLogHead,
  outcome: PatchResults,
  changer: Changer,
  keys: Keys,
): Promise<void> {
  const rejected = changer.unkept ? [] : outcome.rejected;
  if (outcome.changes.length === 0 && rejected.length === 0) return;
  await sendAll(tx, writesOf(license, logHead, { ...outcome, rejected }, changer, keys));
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

function* writesOf(
  license: string,
  { audit_sequence, audit_head }: LockedLogHead,
  result: PatchResults,
  { source, actor, now }: Changer,
  { keys, auditKeys, hashOf }: Keys,
): Generator<Write> {
  const rows = rowsToWrite(result);
  const events = eventsOf(result, source);
  let end: ChainHead = { sequence: audit_sequence, hash: audit_head };
  const links = chainEvents(end, auditKeys, { chain: license, actor, now, events });
  const counts = JSON.stringify(countsMoved(result));
  const rejections = JSON.stringify(encryptedRejections(license, keys, source, result));
  const subjects = subjectsOf(result);
  const parts = partsOf(rows);
  for (const [at, { gone, used, added }] of parts.entries()) {
    const isLast = at === parts.length - 1; // Additions remove older rejections, so new ones come after all of them.
    const some = take(links, Math.ceil(events.length / parts.length));
    end = some.at(-1) ?? end;
    const values = [
      license,
      now,
      ...columns(gone, "instance", "version"),
      ...columns(used, "instance", "lastUsed"),
      ...addedColumns(license, keys, added),
      isLast ? counts : "[]",
      isLast ? rejections : "[]",
      ...auditColumns(some, actor),
      result.version,
      end.sequence,
      Buffer.from(end.hash).toString("hex"),
      ...eventColumns(some.flatMap((link) => publishedOf(license, keys, link, subjects))),
    ];
    yield [SAVE_CHANGES, values];
  }
  if (hashOf) yield [SAVE_HASHES, hashValues(license, keys, rows, hashOf)];
}

/** Each changed row once, in its last state. */
function rowsToWrite({ changes }: PatchResults): Rows {
  const renamed = new Set(changes.filter(({ kind }) => kind === "name").map(({ row }) => row.instance));
  const fresh = new Set(changes.filter(({ kind }) => kind === "add").map(({ row }) => row.instance));
  const last = [...new Map(changes.map(({ row }) => [row.instance, row])).values()];
  const old = last.filter(({ instance }) => !fresh.has(instance));
  const live = old.filter(({ deleted }) => !deleted);
  return {
    gone: old.filter(({ deleted }) => deleted),
    used: live,
    named: live.filter(({ instance }) => renamed.has(instance)),
    added: last.filter(({ instance }) => fresh.has(instance)),
  };
}

/** The parts in the order in which they must be written: all releases before any addition. */
function partsOf({ gone, used, added }: Rows): Omit<Rows, "named">[] {
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

function columns<Row>(rows: readonly Row[], ...names: (keyof Row)[]): unknown[][] {
  return names.map((name) => rows.map((row) => row[name]));
}

function addedColumns(license: string, keys: DataKeys, rows: readonly Assignment[]): unknown[][] {
  const time = (at: Date | null) => at?.toISOString() ?? null;
  return [
    ...columns(rows, "instance", "allotment", "index"),
    rows.map((row) => encryptedSubject(license, keys, row)),
    ...columns(rows, "version", "addedAt"),
    rows.map(({ created }) => time(created)),
    rows.map(({ received }) => time(received)),
    ...columns(rows, "source", "auto", "lastUsed"),
    rows.map(({ deleted }) => time(deleted)),
  ];
}

function hashValues(
  license: string,
  keys: DataKeys,
  { gone, named, added }: Rows,
  hashOf: (subject: string) => string,
): unknown[] {
  const hash = ({ deleted, subject }: Assignment) => (deleted ? null : (hashIn(subject) ?? hashOf(subject)));
  const names = named.map((row) => {
    const { instance, version, index } = row;
    return { instance, version, index, subject: encryptedSubject(license, keys, row), hash: hash(row) };
  });
  return [
    license,
    ...columns(gone, "instance"),
    JSON.stringify(names),
    ...columns(added, "instance"),
    added.map(hash),
  ];
}

function countsMoved({ changes }: PatchResults): { key: string; moved: number }[] {
  const moved = new Map<string, number>();
  for (const { kind, row } of changes) {
    if (kind === "add" || kind === "delete")
      moved.set(row.allotment, (moved.get(row.allotment) ?? 0) + (kind === "add" ? 1 : -1));
  }
  return [...moved].map(([key, count]) => ({ key, moved: count }));
}

/** Rejections, each with its event. */
function encryptedRejections(license: string, keys: DataKeys, source: string, { rejected }: PatchResults) {
  return rejected.map((seat) => {
    const { subject, ...place } = seat;
    const context = rejectionContext(license, { ...place, source });
    const sealed = encrypt(keys.encryption, Buffer.from(subject), context).toString("base64");
    const id = uuidv7();
    const published = encryptedEventSubject(keys.encryption, license, id, subject);
    const data = rejectionData(license, source, seat);
    return { ...seat, source, subject: sealed, id, data, published };
  });
}
