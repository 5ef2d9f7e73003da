import { LRUCache } from "lru-cache";
import { foldSubject } from "@/domain/subject";
import { ASSIGNMENT_JSON, type AssignmentRow, openAssignment } from "./assignment-rows";
import type { RosterRow } from "./assignment-statements";
import { type DataKeys, dataKeys } from "./data-keys";
import { nothingHere } from "./gate";
import { perProcess } from "./per-process";
import { store } from "./store";

/** A live assignment with its subject open, as lists search and sort it. Its last use is read when it is shown. */
export type LiveSeat = {
  instance: string;
  version: number;
  addedAt: number;
  /** The key of the allotment's name. */
  allotment: string;
  subject: string;
  folded: string;
  /** RFC 3339 in UTC. */
  created: string;
  source: string;
  auto: boolean;
};

type Opened = { epoch: string; version: number; seats: Map<string, LiveSeat>; turn: Promise<unknown> };

const MAX_BYTES = 256 * 1024 * 1024;
const BYTES_PER_SEAT = 500;

const opened = () =>
  perProcess(
    "live-seats",
    () => new LRUCache<string, Opened>({ maxSize: MAX_BYTES, sizeCalculation: sizeOf }),
  );

const READ_ROSTER = {
  name: "live_seats_roster",
  text: `SELECT version, horizon, epoch FROM roster WHERE license = $1`,
};
const READ_LIVE = {
  name: "live_seats_all",
  text: `SELECT ${ASSIGNMENT_JSON} AS row FROM assignment a WHERE license = $1 AND deleted IS NULL`,
};
const READ_CHANGED = {
  name: "live_seats_changed",
  text: `SELECT ${ASSIGNMENT_JSON} AS row FROM assignment a WHERE license = $1 AND version > $2::bigint`,
};
const READ_USES = {
  name: "live_seats_uses",
  text: `SELECT instance::text, last_used FROM assignment
    WHERE license = $1 AND instance = ANY ($2::bigint[]) AND last_used IS NOT NULL`,
};
const READ_ALL_USES = {
  name: "live_seats_all_uses",
  text: `SELECT instance::text, last_used FROM assignment
    WHERE license = $1 AND deleted IS NULL AND last_used IS NOT NULL`,
};

/**
 * The live assignments of a license. Opening subjects is what costs, so they are kept in the process, bounded, and
 * made current by the rows above the version that was read last. Readers of a license take turns: two answers that
 * arrive out of order would bring a released seat back.
 */
export async function liveSeats(license: string): Promise<LiveSeat[]> {
  const known = opened().get(license) ?? { epoch: "", version: 0, seats: new Map(), turn: Promise.resolve() };
  if (!opened().has(license)) opened().set(license, known);
  const mine = known.turn.then(() => refresh(license, known));
  known.turn = mine.catch(() => {});
  const seats = await mine;
  // Its size has changed.
  opened().set(license, known);
  return seats;
}

/** The UTC days on which instances were last used; of all live ones when none are named. */
export async function usesOf(license: string, instances?: string[]): Promise<Map<string, string>> {
  const { sql } = store();
  type Use = { instance: string; last_used: string };
  const rows = instances
    ? await sql.query<Use>(READ_USES, [license, instances])
    : await sql.query<Use>(READ_ALL_USES, [license]);
  return new Map(rows.map(({ instance, last_used }) => [instance, last_used]));
}

/** The roster is read before the rows: what is changed in between comes again the next time. */
async function refresh(license: string, known: Opened): Promise<LiveSeat[]> {
  const [roster] = await store().sql.query<RosterRow>(READ_ROSTER, [license]);
  if (!roster) throw nothingHere();
  const keys = await dataKeys(license);
  if (missedSome(known, roster)) known.seats = new Map();
  const isFirst = known.seats.size === 0;
  if (isFirst || known.version < roster.version)
    for (const row of await readRows(license, isFirst ? null : known.version))
      apply(known, license, keys, row);
  known.epoch = roster.epoch;
  known.version = roster.version;
  return [...known.seats.values()];
}

/** Whether the rows above the known version can not tell all that happened since. */
function missedSome({ epoch, version }: Opened, roster: RosterRow): boolean {
  return epoch !== roster.epoch || version < roster.horizon || version > roster.version;
}

async function readRows(license: string, above: number | null): Promise<AssignmentRow[]> {
  const { sql } = store();
  const rows =
    above === null
      ? await sql.query<{ row: AssignmentRow }>(READ_LIVE, [license])
      : await sql.query<{ row: AssignmentRow }>(READ_CHANGED, [license, above]);
  return rows.map(({ row }) => row);
}

function apply({ seats }: Opened, license: string, keys: DataKeys, row: AssignmentRow): void {
  if (row.deleted) {
    seats.delete(row.instance);
    return;
  }
  const { instance, version, addedAt, allotment, subject, created, source, auto } = openAssignment(
    license,
    keys,
    row,
  );
  seats.set(instance, {
    ...{ instance, version, addedAt, allotment, subject, source, auto },
    folded: foldSubject(subject),
    created: created.toISOString(),
  });
}

function sizeOf({ seats }: Opened): number {
  return 1000 + seats.size * BYTES_PER_SEAT;
}
