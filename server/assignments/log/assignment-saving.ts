import { setImmediate } from "node:timers/promises";
import { uuidv7 } from "uuidv7";
import type { Rejected } from "@/domain/assignments/assignment";
import { seatsMoved } from "@/domain/assignments/moved-seats";
import { type AuditEvent, auditColumns, type ChainHead, chainEvents, type Link } from "@/server/audit/audit";
import { encryptedEventSubject, eventColumns, type OutboxRow } from "@/server/events/outbox";
import type { DataKeys } from "@/server/secrets/data-keys";
import { encrypt } from "@/server/secrets/encryption";
import { columns } from "@/server/store/columns";
import type { Sql, Statement } from "@/server/store/sql";
import { eventsOf, publishedOf, rejectionData, subjectsOf } from "./assignment-events";
import { rejectionContext } from "./assignment-rows";
import {
  aliasColumn,
  changesOf,
  type Decided,
  hashValues,
  nameValues,
  type RequestChanges,
  rowColumns,
  rowsToWrite,
  slicesOf,
} from "./changed-rows";
import type { LockedLogHead } from "./log-heads";
import { SAVE_CHANGES, SAVE_HASHES, SAVE_NAMES } from "./saving-statements";

type Write = [statement: Statement, values: unknown[]];
type Linked = { link: Link; published: OutboxRow[] };

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

/**
 * Most changes take one statement. If there are more, each is prepared while the database runs the one before. The last
 * one isn't awaited: the transaction waits for it before it ends.
 */
async function sendAll(tx: Pick<Sql, "query">, writes: AsyncIterable<Write>): Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  for await (const [statement, values] of writes) {
    await running;
    running = tx.query(statement, values);
  }
}

async function* writesOf(all: readonly Decided[], auditKeys: DataKeys): AsyncGenerator<Write> {
  const rows = rowsToWrite(all);
  const slices = slicesOf(rows);
  if (slices.length > 1) await setImmediate(); // Preparing this many rows keeps the process busy.
  const events = all.flatMap(({ parts }) =>
    parts.map(({ result, changer }) => eventsOf(result, changer.source)),
  );
  const count = events.reduce((sum, some) => sum + some.length, 0);
  const ends = new Map(all.map(({ license, logHead }) => [license, endOf(logHead)]));
  const links = linksOf(all, auditKeys, events, ends);
  for (const [at, slice] of slices.entries()) {
    const isLast = at === slices.length - 1; // Additions remove older rejections, so new ones come after all of them.
    const some = take(links, isLast ? count : Math.ceil(count / slices.length));
    const values = [
      ...rowColumns(slice),
      isLast ? JSON.stringify(countsMoved(all)) : "[]",
      isLast ? JSON.stringify(encryptedRejections(all)) : "[]",
      ...auditColumns(some.map(({ link }) => link)),
      ...eventColumns(some.flatMap(({ published }) => published)),
      ...headColumns(isLast ? all : [], ends),
      aliasColumn(slice),
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

function take<Each>(source: Iterator<Each>, count: number): Each[] {
  const some: Each[] = [];
  while (some.length < count) {
    const { value, done } = source.next();
    if (done) break;
    some.push(value);
  }
  return some;
}

function countsMoved(all: readonly Decided[]): { license: string; key: string; moved: number }[] {
  return all.flatMap((home) =>
    [...seatsMoved(changesOf(home))].map(([key, moved]) => ({ license: home.license, key, moved })),
  );
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
  { source, now }: RequestChanges["changer"],
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
