import { allotmentNamed, nameKey, unitsInForce } from "@/domain/definition";
import { excessLimit, isExcess } from "@/domain/excess";
import { foldSubject } from "@/domain/subject";
import { decodeCursor, type Page, type Position, pageOf, type Slice } from "./cursor";
import { currentDefinition } from "./definitions";
import { nothingHere } from "./gate";
import { type LiveSeat, liveSeats, usesOf } from "./live-seats";
import { store } from "./store";

export const ASSIGNMENT_SORTS = ["created", "subject", "lastUsed", "allotment"] as const;
export type AssignmentSort = (typeof ASSIGNMENT_SORTS)[number];

export type AssignmentFilter = {
  /** A part of the subject, case aside. */
  query?: string;
  allotment?: string;
  state?: "active" | "excess";
  source?: string;
  sort?: AssignmentSort | `-${AssignmentSort}`;
};

/** A seat that someone holds; `lastUsed` is a UTC day. */
export type SeatHeld = {
  instance: string;
  version: number;
  allotment: string;
  subject: string;
  state: "active" | "excess";
  created: Date;
  source: string;
  auto: boolean;
  lastUsed: string | null;
};

/** What the definition says of a seat: the name of its allotment, and whether it is within the units. */
type Pools = { nameOf(allotment: string): string; stateOf(seat: LiveSeat): "active" | "excess" };

/** Who holds the seats of a license, by `created` and the latest first unless sorted otherwise. */
export async function listAssignments(
  license: string,
  { limit, cursor, ...filter }: AssignmentFilter & Slice,
  now: Date,
): Promise<Page<SeatHeld>> {
  const { sort = "-created" } = filter;
  const asked = ["assignments", license, filter];
  const position = decodeCursor(cursor, asked);
  const all = await liveSeats(license);
  const pools = await poolsOf(license, all, now);
  const keyOf = await sortKey(license, sort);
  const positionOf = (seat: LiveSeat) => ({ key: keyOf(seat), id: seat.instance });
  const wanted = all.filter(matching(filter, pools)).map(positionOf);
  const seats = new Map(all.map((seat) => [seat.instance, seat]));
  const page = pageOf(sliceOf(wanted, sort.startsWith("-"), position, limit + 1), limit, asked, (at) => at);
  const shown = page.items.flatMap(({ id }) => seats.get(id) ?? []);
  const uses = await usesOf(
    license,
    shown.map(({ instance }) => instance),
  );
  return { items: shown.map((seat) => heldSeat(seat, pools, uses)), cursor: page.cursor };
}

function matching({ query, allotment, source, state }: AssignmentFilter, pools: Pools) {
  const part = query && foldSubject(query);
  const key = allotment && nameKey(allotment);
  return (seat: LiveSeat) =>
    (!part || seat.folded.includes(part)) &&
    (!key || seat.allotment === key) &&
    (!source || seat.source === source) &&
    (!state || pools.stateOf(seat) === state);
}

async function sortKey(license: string, sort: string): Promise<(seat: LiveSeat) => string> {
  switch (sort.replace("-", "")) {
    case "subject":
      return ({ folded }) => folded;
    case "allotment":
      return ({ allotment }) => allotment;
    case "lastUsed": {
      const uses = await usesOf(license);
      return ({ instance }) => uses.get(instance) ?? "";
    }
    default:
      return ({ created }) => created;
  }
}

/** The first ones behind a position, in order; equal keys go by instance. */
function sliceOf(all: Position[], descending: boolean, behind: Position | null, count: number): Position[] {
  const sign = descending ? -1 : 1;
  const order = (a: Position, b: Position) =>
    sign * (compare(a.key ?? "", b.key ?? "") || compare(a.id, b.id));
  const rest = behind ? all.filter((at) => order(at, behind) > 0) : all;
  return rest.sort(order).slice(0, count);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function poolsOf(license: string, seats: LiveSeat[], now: Date): Promise<Pools> {
  const row = await store().db.license.findUnique({ where: { number: license } });
  if (!row) throw nothingHere();
  const definition = await currentDefinition(license, row.definitionId);
  const limitOf = (key: string) => {
    const allotment = allotmentNamed(definition, key);
    const live = seats.filter((seat) => seat.allotment === key);
    return excessLimit(live, allotment ? unitsInForce(allotment, now) : 0);
  };
  const keys = new Set(seats.map(({ allotment }) => allotment));
  const limits = new Map([...keys].map((key) => [key, limitOf(key)]));
  return {
    nameOf: (key) => allotmentNamed(definition, key)?.name ?? key,
    stateOf: ({ allotment, addedAt }) =>
      isExcess(addedAt, limits.get(allotment) ?? null) ? "excess" : "active",
  };
}

function heldSeat(seat: LiveSeat, pools: Pools, uses: Map<string, string>): SeatHeld {
  const { instance, version, allotment, subject, created, source, auto } = seat;
  return {
    instance,
    version,
    allotment: pools.nameOf(allotment),
    subject,
    state: pools.stateOf(seat),
    created: new Date(created),
    source,
    auto,
    lastUsed: uses.get(instance) ?? null,
  };
}
