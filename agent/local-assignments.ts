import type { Patch } from "@/domain/assignments/assignment";
import { type SubjectMatching, subjectKey } from "@/domain/assignments/subject";
import type { Row } from "@/domain/assignments/sync-client";
import { type Allotment, nameKey, unitsInForce } from "@/domain/licenses/definition";
import { excessLimit, isExcess, seatsInForce } from "@/domain/licenses/excess";
import type { License, State } from "./state";

/** The seats as seen here: the backend's rows, without those that the outbox releases, plus those that it adds. */
export type LocalAssignments = {
  confirmed: Confirmed;
  /** Instances whose release the backend hasn't confirmed. */
  gone: ReadonlySet<string>;
  /** Adds that the backend hasn't confirmed, by allotment, in the order of events. */
  adds: ReadonlyMap<string, readonly Patch[]>;
  /** The limit of excess, by allotment and units; cached, because it needs a scan of the whole allotment. */
  limits: Map<string, number | null>;
};

/** A seat that a subject holds. Without a row its add isn't confirmed. */
export type Seat = { allotment: Allotment; row: Row | null; created: string; isExcess: boolean };

/** An assignment in the local view. */
export type LocalSeat = {
  subject: string;
  allotment: string;
  created: string;
  state: "assigned" | "excess" | "pending";
};

type Confirmed = {
  matching: SubjectMatching;
  bySubject: ReadonlyMap<string, readonly Row[]>;
  byAllotment: ReadonlyMap<string, readonly Row[]>;
};

type Known = { confirmed: Confirmed; outbox: State["outbox"]; assignments: LocalAssignments };

const known = new WeakMap<State["rows"], Known>();
const FIRST_ALLOTMENTS = ["professional", "analyzer"];

/** Computed once for every change of rows or outbox, however often it is read. */
export function localAssignmentsOf({ rows, outbox }: State, { settings }: License): LocalAssignments {
  const matching = settings.subjectMatching;
  const before = known.get(rows);
  const isSame = before?.confirmed.matching === matching;
  if (isSame && before.outbox === outbox) return before.assignments;
  const confirmed = isSame ? before.confirmed : confirmedRows(rows, matching);
  const assignments = { confirmed, ...overlay(outbox, confirmed), limits: new Map() };
  known.set(rows, { confirmed, outbox, assignments });
  return assignments;
}

/** The seats of a subject: professional first, then analyzer, then the others. */
export function seatsOf(
  assignments: LocalAssignments,
  license: License,
  subject: string,
  now: number,
): Seat[] {
  const { matching, bySubject } = assignments.confirmed;
  const key = subjectKey(subject, matching);
  const rows = (bySubject.get(key) ?? []).filter(({ instance }) => !assignments.gone.has(instance));
  return shownAllotments(assignments, license).flatMap((allotment) => {
    const name = nameKey(allotment.name);
    const row = rows.find((each) => nameKey(each.allotment) === name) ?? null;
    const add = assignments.adds.get(name)?.find((each) => subjectKey(each.subject, matching) === key);
    const created = row?.created ?? add?.created;
    if (created === undefined) return [];
    return [{ allotment, row, created, isExcess: isBeyond(assignments, license, name, row ?? add, now) }];
  });
}

export function liveSeats(assignments: LocalAssignments, allotment: string): number {
  const name = nameKey(allotment);
  return liveRows(assignments, name).length + (assignments.adds.get(name)?.length ?? 0);
}

/** The free units, as far as is known here; negative if more seats are held than units exist. */
export function freeUnits(assignments: LocalAssignments, allotment: Allotment, now: number): number {
  return unitsInForce(allotment, new Date(now)) - liveSeats(assignments, allotment.name);
}

/** All users with a seat, by allotment, in the order of the backend's log; unconfirmed ones last. */
export function seatsByAllotment(assignments: LocalAssignments, license: License, now: number): LocalSeat[] {
  return shownAllotments(assignments, license).flatMap((allotment) => {
    const name = nameKey(allotment.name);
    const held = (seat: Row | Patch, otherwise: LocalSeat["state"]): LocalSeat => {
      const { subject, created } = seat;
      const state = isBeyond(assignments, license, name, seat, now) ? "excess" : otherwise;
      return { subject, allotment: allotment.name, created, state };
    };
    const rows = liveRows(assignments, name).toSorted((a, b) => a.version - b.version);
    const adds = assignments.adds.get(name) ?? [];
    return [...rows.map((row) => held(row, "assigned")), ...adds.map((add) => held(add, "pending"))];
  });
}

/** The professional allotment, then analyzer, then all other seat allotments. */
export function seatAllotments({ definition }: Pick<License, "definition">): Allotment[] {
  const order = ({ name }: Allotment) => {
    const place = FIRST_ALLOTMENTS.indexOf(nameKey(name));
    return place < 0 ? FIRST_ALLOTMENTS.length : place;
  };
  return definition.allotments
    .filter(({ usage }) => usage.class === "assigned")
    .toSorted((a, b) => order(a) - order(b));
}

/** The seat allotments, followed by those that the definition no longer has while seats of them are held here. */
export function shownAllotments(assignments: LocalAssignments, license: License): Allotment[] {
  const allotments = seatAllotments(license);
  const known = new Set(license.definition.allotments.map(({ name }) => nameKey(name)));
  const held = [...assignments.confirmed.byAllotment, ...assignments.adds];
  const dropped = new Map(
    held.flatMap(([key, [one]]) => (one && !known.has(key) ? [[key, one.allotment]] : [])),
  );
  const names = [...dropped.values()].filter((name) => liveSeats(assignments, name) > 0);
  return [...allotments, ...names.map(withoutUnits)];
}

function withoutUnits(name: string): Allotment {
  return { name, usage: { class: "assigned", minimum: 1 }, provisions: [], units: [] };
}

/** Whether a seat is beyond the units in force: the backend's own rule, with unconfirmed adds last in the order. */
function isBeyond(
  assignments: LocalAssignments,
  { definition }: License,
  allotment: string,
  seat: Row | Patch | undefined,
  now: number,
): boolean {
  const units = seatsInForce(definition, allotment, new Date(now));
  const adds: readonly (Row | Patch | undefined)[] = assignments.adds.get(allotment) ?? [];
  const waiting = adds.indexOf(seat);
  if (waiting >= 0) return liveRows(assignments, allotment).length + waiting >= units;
  return isExcess(seat ? rankOf(seat) : 0, limitOf(assignments, allotment, units));
}

function limitOf(assignments: LocalAssignments, allotment: string, units: number): number | null {
  const asked = `${units} ${allotment}`;
  const found = assignments.limits.get(asked);
  if (found !== undefined) return found;
  const live = liveRows(assignments, allotment).map((row) => ({ addedAt: rankOf(row) }));
  const limit = excessLimit(live, units);
  assignments.limits.set(asked, limit);
  return limit;
}

function rankOf(seat: Row | Patch): number {
  return ("rank" in seat ? seat.rank : undefined) ?? seat.version;
}

function liveRows({ confirmed, gone }: LocalAssignments, allotment: string): readonly Row[] {
  const rows = confirmed.byAllotment.get(allotment) ?? [];
  return gone.size === 0 ? rows : rows.filter(({ instance }) => !gone.has(instance));
}

function confirmedRows(rows: State["rows"], matching: SubjectMatching): Confirmed {
  return {
    matching,
    bySubject: grouped(rows.values(), (row) => userKeys(row, matching)),
    byAllotment: grouped(rows.values(), ({ allotment }) => [nameKey(allotment)]),
  };
}

/** The keys of all subjects that name the user of a row. */
function userKeys({ subject, aliases }: Row, matching: SubjectMatching): string[] {
  const key = subjectKey(subject, matching);
  return aliases ? [...new Set([key, ...aliases.map((alias) => subjectKey(alias, matching))])] : [key];
}

/** The effect of the unconfirmed patches; an add of a seat that the backend's rows have already changes nothing. */
function overlay(
  outbox: readonly Patch[],
  { matching, bySubject }: Confirmed,
): Pick<LocalAssignments, "gone" | "adds"> {
  const adds = new Map<string, Patch>();
  const gone = new Set<string>();
  for (const patch of outbox) {
    const isDelete = patch.deleted !== undefined;
    if (patch.instance !== "") {
      if (isDelete) gone.add(patch.instance);
      continue;
    }
    const seat = JSON.stringify([nameKey(patch.allotment), subjectKey(patch.subject, matching)]);
    if (isDelete) adds.delete(seat);
    else adds.set(seat, patch);
  }
  const isHeld = ({ allotment, subject }: Patch) =>
    (bySubject.get(subjectKey(subject, matching)) ?? []).some(
      (row) => nameKey(row.allotment) === nameKey(allotment) && !gone.has(row.instance),
    );
  const unheld = [...adds.values()].filter((add) => !isHeld(add));
  return { gone, adds: grouped(unheld, ({ allotment }) => [nameKey(allotment)]) };
}

/** An item is in the group of each of its keys. */
function grouped<Item>(items: Iterable<Item>, keysOf: (item: Item) => string[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items)
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  return groups;
}
