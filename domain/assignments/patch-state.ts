import { type Promised, roomFor } from "@/domain/offline/shares";
import type { RejectionCode } from "@/domain/refusals/refusal";
import type { Assignment, Change, PatchContext, Rejected, Seats } from "./assignment";
import {
  isSpelled,
  type KnownSpellings,
  respelled,
  type Spellings,
  spellingsIn,
  withSpelling,
} from "./user-spellings";

export type Seat = { allotment: string; index: string };
export type Life = Seat & { source: string; created: Date };

/** The state of a license's seats between two patches of one request. */
export type PatchState = {
  readonly seats: Seats;
  readonly how: PatchContext;
  version: number;
  readonly live: Map<string, number>;
  /** The shares of each allotment that has any, with what their sources use of them. */
  readonly promised: Map<string, Promised[]>;
  readonly byInstance: Map<string, Assignment>;
  readonly bySeat: Map<string, Assignment>;
  readonly byLife: Map<string, Assignment>;
  readonly spellings: KnownSpellings;
  readonly changes: Change[];
  readonly rejected: Map<string, Rejected>;
};

export function openPatchState(seats: Seats, how: PatchContext): PatchState {
  const { version } = seats;
  // A restored seat and its tombstone look the same to a deployment that knows only `created`: it means the live one.
  const touched = seats.touched.toSorted((a, b) => Number(a.deleted === null) - Number(b.deleted === null));
  return {
    seats,
    how,
    version,
    live: new Map([...seats.pools].map(([allotment, { live }]) => [allotment, live])),
    promised: new Map(
      [...seats.pools].flatMap(([allotment, { promised }]) =>
        promised ? [[allotment, promised.map((share) => ({ ...share }))]] : [],
      ),
    ),
    byInstance: new Map(touched.map((row) => [row.instance, row])),
    bySeat: new Map(touched.filter(({ deleted }) => !deleted).map((row) => [seatKey(row), row])),
    byLife: new Map(touched.map((row) => [lifeKey(row), row])),
    spellings: spellingsIn(seats, how.aliases),
    changes: [],
    rejected: new Map(),
  };
}

type Taking = Omit<Assignment, "instance" | "version" | "addedAt" | "deleted">;

/** A restored seat keeps its old rank; every other seat comes last. */
export function takeSeat(state: PatchState, taking: Taking, rank?: number): Assignment {
  const version = moveOn(state, taking, 1);
  const instance = state.how.newInstance();
  const { allotment, index, subject, created, received, source, auto, lastUsed } = taking;
  // One literal without spreads: bulk changes make many rows, and spreads cost several times as much.
  const row: Assignment = {
    instance,
    version,
    addedAt: rank ?? version,
    allotment,
    index,
    subject,
    created,
    received,
    source,
    auto,
    deleted: null,
    lastUsed,
  };
  if (taking.aliases) row.aliases = taking.aliases;
  return enter(state, "add", row);
}

export function freeSeat(state: PatchState, row: Assignment): Assignment {
  const version = moveOn(state, row, -1);
  const gone: Assignment = { ...row, version, subject: "", deleted: state.how.now };
  if (gone.aliases) gone.aliases = undefined;
  return enter(state, "delete", gone, { subject: row.subject, aliases: row.aliases });
}

/**
 * Whether no seat is free for a source. An allotment without shares may be filled up to `live`; the shares of others
 * are never touched.
 */
export function isFull(state: PatchState, allotment: string, source: string, live = 0): boolean {
  const units = state.seats.pools.get(allotment)?.units ?? 0;
  const held = state.live.get(allotment) ?? 0;
  const promised = state.promised.get(allotment);
  if (!promised) return held >= Math.max(units, live);
  const room = roomFor(source, { units, live: held }, promised);
  return room.live >= room.units;
}

/** A hashed seat, or that of an alias, becomes a user's; its rank stays. */
export function nameSeat(
  state: PatchState,
  row: Assignment,
  { index, ...named }: Spellings & Pick<Assignment, "index">,
): Assignment {
  state.bySeat.delete(seatKey(row));
  state.version += 1;
  return enter(state, "name", { ...respelled(row, named), index, version: state.version });
}

/** A live row gets other aliases; its rank stays. */
export function respellSeat(state: PatchState, row: Assignment, named: Spellings): Assignment {
  if (isSpelled(row, named)) return row;
  state.version += 1;
  return enter(state, "alias", { ...respelled(row, named), version: state.version });
}

/** The spellings of a user once a subject named it: a user without aliases has only that one. */
export function spell(state: PatchState, user: string, subject: string): Spellings {
  const { aliases } = state.how;
  if (!aliases?.users.has(user)) return { subject };
  const known = withSpelling(state.spellings.get(user), subject, user, aliases);
  state.spellings.set(user, known);
  return known;
}

/** Gives all seats of a user with aliases the spellings that are known now; returns the row as it is then. */
export function shareSpellings(state: PatchState, row: Assignment): Assignment {
  const known = state.spellings.get(row.index);
  if (!known || row.deleted) return row;
  const allotments = new Set([...state.byInstance.values()].map(({ allotment }) => allotment));
  for (const allotment of allotments) {
    const seat = state.bySeat.get(seatKey({ allotment, index: row.index }));
    if (seat) respellSeat(state, seat, known);
  }
  return state.byInstance.get(row.instance) ?? row;
}

export function noteUse(state: PatchState, row: Assignment, lastUsed: string): Assignment {
  return enter(state, "use", { ...row, lastUsed });
}

export function noteRejection(state: PatchState, code: RejectionCode, seat: Seat & { subject: string }) {
  state.rejected.set(`${code} ${seatKey(seat)}`, { code, ...seat });
}

/** Line feeds separate the parts: neither an index, in hex, nor the name of an allotment can contain one. */
export function seatKey({ allotment, index }: Seat): string {
  return `${index}\n${allotment}`;
}

/** A repeated add has the same life key as the first one. */
export function lifeKey({ allotment, index, source, created }: Life): string {
  return `${created.getTime()}\n${index}\n${allotment}\n${source}`;
}

function moveOn(
  state: PatchState,
  { allotment, source }: Pick<Assignment, "allotment" | "source">,
  seats: 1 | -1,
) {
  state.live.set(allotment, (state.live.get(allotment) ?? 0) + seats);
  const share = state.promised.get(allotment)?.find((one) => one.source === source);
  if (share) share.used += seats;
  state.version += 1;
  return state.version;
}

function enter(
  state: PatchState,
  kind: Change["kind"],
  row: Assignment,
  more?: Pick<Change, "subject" | "aliases">,
): Assignment {
  state.byInstance.set(row.instance, row);
  state.byLife.set(lifeKey(row), row);
  if (row.deleted) state.bySeat.delete(seatKey(row));
  else state.bySeat.set(seatKey(row), row);
  state.changes.push({ kind, row, ...more });
  return row;
}
