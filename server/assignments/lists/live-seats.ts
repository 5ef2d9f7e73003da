import { getHeapStatistics } from "node:v8";
import { LRUCache } from "lru-cache";
import { foldSubject } from "@/domain/assignments/subject";
import { nothingHere } from "@/domain/refusals/refusal";
import { openAliases, openSubject } from "@/server/assignments/log/assignment-rows";
import type { LogHeadRow } from "@/server/assignments/log/assignment-statements";
import { type DataKeys, dataKeys } from "@/server/secrets/data-keys";
import { perProcess } from "@/server/store/per-process";
import { store } from "@/server/store/store";

/** A live assignment with its subject decrypted, for searching and sorting lists. Its last use is read when it is shown. */
export type LiveSeat = {
  instance: string;
  version: number;
  addedAt: number;
  /** The key of the allotment's name. */
  allotment: string;
  subject: string;
  folded: string;
  /** The other subjects of the same user, if there are any; and as `foldSubject` returns them. */
  aliases?: readonly string[];
  foldedAliases?: readonly string[];
  /** Milliseconds since 1970. */
  created: number;
  source: string;
  auto: boolean;
};

/** The orders in which seats are kept; equal seats are ordered by instance. */
export type SeatOrder = "created" | "folded" | "allotment" | "addedAt" | "instance";

/** The live seats of a license at one version. Arrays that it returns never change afterwards. */
export type LiveSeats = { sorted(by: SeatOrder): readonly LiveSeat[] };

/** The log of a license at one moment. */
export type LogState = { epoch: string; version: number };

type Ordered = { seats: Map<string, LiveSeat>; orders: Map<SeatOrder, LiveSeat[]> };
type Opened = Ordered & { epoch: string; version: number; turn: Promise<unknown> };

const MAX_BYTES = 400 * 1024 * 1024;
/** The part of the memory of a process that may be used for seats. */
const PART_OF_HEAP = 0.2;
/** As measured, with two orders and the text of the names. */
const BYTES_PER_SEAT = 350;
/** Decrypting so many subjects blocks the process for some 20 ms. */
const BATCH = 2000;

const opened = () =>
  perProcess(
    "live-seats",
    () => new LRUCache<string, Opened>({ maxSize: maxBytes(), sizeCalculation: sizeOf }),
  );

const READ_LOG_HEAD = {
  name: "live_seats_roster",
  text: `SELECT version, horizon, epoch FROM roster WHERE license = $1`,
};
/** Rows by columns: the database builds, and a process reads, an array per column faster than an object per row. */
type Columns = {
  instance: string[];
  version: number[];
  added: number[];
  allotment: string[];
  /** The subject in base64; null for a released seat. */
  subject: (string | null)[];
  created: number[];
  source: string[];
  auto: boolean[];
  /** The aliases in base64, by instance; null if no row has any. */
  aliases: Record<string, string> | null;
};
const readColumns = (name: string, which: string) => ({
  name,
  text: `SELECT json_build_object('instance', json_agg(instance::text), 'version', json_agg(version),
      'added', json_agg(added_version), 'allotment', json_agg(allotment), 'subject', json_agg(encode(subject, 'base64')),
      'created', json_agg((extract(epoch FROM created) * 1000)::bigint), 'source', json_agg(source), 'auto', json_agg(auto),
      'aliases', json_object_agg(instance, (SELECT encode(x.aliases, 'base64') FROM alias_text x
        WHERE x.license = page.license AND x.instance = page.instance)) FILTER (WHERE has_aliases AND deleted IS NULL)) AS read
    FROM (SELECT * FROM assignment WHERE license = $1 AND version > $2::bigint ${which} ORDER BY version LIMIT $3::int) page
    HAVING count(*) > 0`,
});
const READ_LIVE = readColumns("live_seats_all", "AND deleted IS NULL");
const READ_CHANGED = readColumns("live_seats_changed", "");
const READ_USES = {
  name: "live_seats_uses",
  text: `SELECT instance::text, last_used FROM assignment
    WHERE license = $1 AND instance = ANY ($2::bigint[]) AND last_used IS NOT NULL`,
};
const READ_ALL_USES = {
  name: "live_seats_all_uses",
  text: `SELECT last_used, string_agg(instance::text, ' ') AS instances FROM assignment
    WHERE license = $1 AND deleted IS NULL AND last_used IS NOT NULL GROUP BY last_used`,
};

/**
 * The live assignments of a license. Decrypting subjects is expensive, so they are cached in the process, within
 * limits, and updated with the rows above the last version. Readers of a license queue: two responses out of order
 * would bring a released seat back.
 */
export async function liveSeats(license: string): Promise<LiveSeats> {
  const known = opened().get(license) ?? unopened();
  // The entry is put back even if it was there: its size changes.
  const mine = known.turn.then(() => refresh(license, known)).finally(() => opened().set(license, known));
  known.turn = mine.catch(() => {});
  opened().set(license, known);
  await mine;
  const { seats, orders } = known;
  return { sorted: (by) => sortedBy({ seats, orders }, by) };
}

/**
 * The live seats of a license as they are in memory, if they are of this state of its log or a later one; null if
 * they must be read first.
 */
export function seatsInMemory(license: string, { epoch, version }: LogState): LiveSeats | null {
  const known = opened().get(license);
  if (!known || known.epoch !== epoch || known.version < version) return null;
  const { seats, orders } = known;
  return { sorted: (by) => sortedBy({ seats, orders }, by) };
}

/** How many seats fit into memory, over all licenses. */
export function mostSeatsInMemory(): number {
  return Math.floor(maxBytes() / BYTES_PER_SEAT);
}

/** Compares seats by a field, then by instance. */
export function compareSeats<By extends SeatOrder>(by: By) {
  type Sortable = Pick<LiveSeat, By | "instance">;
  return (a: Sortable, b: Sortable) => compare(a[by], b[by]) || compare(a.instance, b.instance);
}

/** The UTC days on which instances were last used. */
export async function usesOf(license: string, instances: string[]): Promise<Map<string, string>> {
  type Use = { instance: string; last_used: string };
  const rows = await store().sql.query<Use>(READ_USES, [license, instances]);
  return new Map(rows.map(({ instance, last_used }) => [instance, last_used]));
}

/** The last use of all live instances. There are few different days, so each is sent once. */
export async function allUsesOf(license: string): Promise<Map<string, string>> {
  type Uses = { last_used: string; instances: string };
  const rows = await store().sql.query<Uses>(READ_ALL_USES, [license]);
  const uses = new Map<string, string>();
  for (const { last_used, instances } of rows)
    for (const instance of instances.split(" ")) uses.set(instance, last_used);
  return uses;
}

function unopened(): Opened {
  return { epoch: "", version: 0, seats: new Map(), orders: new Map(), turn: Promise.resolve() };
}

/** The log head is read before the rows: changes in between are read again the next time. */
async function refresh(license: string, known: Opened): Promise<void> {
  const [logHead] = await store().sql.query<LogHeadRow>(READ_LOG_HEAD, [license]);
  if (!logHead) throw nothingHere();
  if (missedSome(known, logHead)) Object.assign(known, { ...unopened(), turn: known.turn });
  if (known.version < logHead.version) reorder(known, await readChanges(license, known));
  known.epoch = logHead.epoch;
  known.version = logHead.version;
}

/** Whether the rows above the known version can't include all changes since. */
function missedSome({ epoch, version }: Opened, logHead: LogHeadRow): boolean {
  return epoch !== logHead.epoch || version < logHead.horizon || version > logHead.version;
}

/** Applies the changes since the known version, batch by batch so that other work gets a turn, and returns the live seats. */
async function readChanges(license: string, { version, seats }: Opened): Promise<LiveSeat[]> {
  const keys = await dataKeys(license);
  const statement = version === 0 ? READ_LIVE : READ_CHANGED;
  const shared = sharing();
  const live: LiveSeat[] = [];
  for (let above = version; ; ) {
    const [page] = await store().sql.query<{ read: Columns }>(statement, [license, above, BATCH]);
    if (!page) return live;
    for (const instance of page.read.instance) seats.delete(instance);
    for (const seat of openSeats(license, keys, page.read, shared)) {
      seats.set(seat.instance, seat);
      live.push(seat);
    }
    above = page.read.version.at(-1) ?? above;
  }
}

/** The live seats among the rows that were read. */
function openSeats(
  license: string,
  keys: DataKeys,
  read: Columns,
  shared: (text: string) => string,
): LiveSeat[] {
  const live: LiveSeat[] = [];
  for (const [row, sealed] of read.subject.entries()) {
    if (sealed === null) continue;
    const of = <Value>(column: Value[]) => column[row] as Value;
    const instance = of(read.instance);
    const subject = openSubject(license, keys, instance, sealed);
    // One literal: objects made by spreading are several times slower to create, and then to sort.
    const seat: LiveSeat = {
      instance,
      version: of(read.version),
      addedAt: of(read.added),
      allotment: shared(of(read.allotment)),
      subject,
      folded: foldSubject(subject),
      created: of(read.created),
      source: shared(of(read.source)),
      auto: of(read.auto),
    };
    const others = read.aliases?.[instance];
    if (others) {
      seat.aliases = openAliases(license, keys, instance, others);
      seat.foldedAliases = seat.aliases.map(foldSubject);
    }
    live.push(seat);
  }
  return live;
}

/** Whether any subject of a seat's user contains a text; all of it is folded. */
export function nameContains({ folded, foldedAliases = [] }: LiveSeat, part: string): boolean {
  return folded.includes(part) || foldedAliases.some((alias) => alias.includes(part));
}

/** Keeps a text once that many seats share. */
function sharing(): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    const known = kept.get(text) ?? text;
    kept.set(text, known);
    return known;
  };
}

/**
 * Updates the orders: sorting an array that is almost sorted costs one pass. A seat that changed while it was read
 * occurs twice.
 */
function reorder({ seats, orders }: Ordered, changed: LiveSeat[]): void {
  const fresh = new Set(changed);
  const isCurrent = (seat: LiveSeat) => seats.get(seat.instance) === seat;
  for (const [by, before] of orders) {
    const kept = before.filter((seat) => isCurrent(seat) && !fresh.has(seat));
    orders.set(by, kept.concat(changed.filter(isCurrent)).sort(compareSeats(by)));
  }
}

function sortedBy({ seats, orders }: Ordered, by: SeatOrder): readonly LiveSeat[] {
  const known = orders.get(by) ?? [...seats.values()].sort(compareSeats(by));
  orders.set(by, known);
  return known;
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function maxBytes(): number {
  return Math.min(MAX_BYTES, getHeapStatistics().heap_size_limit * PART_OF_HEAP);
}

function sizeOf({ seats }: Opened): number {
  return 1 + seats.size * BYTES_PER_SEAT;
}
