import { getHeapStatistics } from "node:v8";
import { LRUCache } from "lru-cache";
import { nothingHere } from "@/domain/refusals/refusal";
import type { LogHeadRow } from "@/server/assignments/log/log-heads";
import { dataKeys } from "@/server/secrets/data-keys";
import { perProcess } from "@/server/store/per-process";
import { store } from "@/server/store/store";
import { compareSeats, type LiveSeat, type SeatOrder } from "./live-seat";
import { type Columns, openSeats, READ_CHANGED, READ_LIVE, sharing } from "./live-seat-rows";

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

function maxBytes(): number {
  return Math.min(MAX_BYTES, getHeapStatistics().heap_size_limit * PART_OF_HEAP);
}

function sizeOf({ seats }: Opened): number {
  return 1 + seats.size * BYTES_PER_SEAT;
}
