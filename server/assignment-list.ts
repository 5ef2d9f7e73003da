import { allotmentNamed, nameKey, unitsInForce } from "@/domain/definition";
import { excessLimit, isExcess } from "@/domain/excess";
import { foldSubject } from "@/domain/subject";
import { decodeCursor, type Page, pageOf, type Slice } from "./cursor";
import { currentDefinition } from "./definitions";
import { nothingHere } from "./gate";
import { type LiveSeat, type LiveSeats, liveSeats, type SeatOrder, usesOf } from "./live-seats";
import { orderBy, orderByUse, takeBehind } from "./seat-order";
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
  const seats = await liveSeats(license);
  const pools = await poolsOf(license, seats, now);
  const by = FIELDS[sort.replace("-", "") as AssignmentSort];
  const order = by ? orderBy(seats, by) : await orderByUse(license, seats);
  const found = takeBehind(order, position, sort.startsWith("-"), matching(filter, pools), limit + 1);
  const page = pageOf(found, limit, asked, order.positionOf);
  const instances = page.items.map(({ instance }) => instance);
  const uses = await usesOf(license, instances);
  return { items: page.items.map((seat) => heldSeat(seat, pools, uses)), cursor: page.cursor };
}

/** What the sorts go by; the last use is not in the seat. */
const FIELDS: Record<AssignmentSort, SeatOrder | null> = {
  created: "created",
  subject: "folded",
  allotment: "allotment",
  lastUsed: null,
};

function matching({ query, allotment, source, state }: AssignmentFilter, pools: Pools) {
  const part = query && foldSubject(query);
  const key = allotment && nameKey(allotment);
  return (seat: LiveSeat) =>
    (!part || seat.folded.includes(part)) &&
    (!key || seat.allotment === key) &&
    (!source || seat.source === source) &&
    (!state || pools.stateOf(seat) === state);
}

async function poolsOf(license: string, seats: LiveSeats, now: Date): Promise<Pools> {
  const row = await store().db.license.findUnique({
    where: { number: license },
    select: { definitionId: true, allotments: true },
  });
  if (!row) throw nothingHere();
  const definition = await currentDefinition(license, row.definitionId);
  const limitOf = ({ key, live }: { key: string; live: number }) => {
    const allotment = allotmentNamed(definition, key);
    const units = allotment ? unitsInForce(allotment, now) : 0;
    if (live <= units) return null;
    return excessLimit(
      seats.sorted("addedAt").filter((seat) => seat.allotment === key),
      units,
    );
  };
  const limits = new Map(row.allotments.map((allotment) => [allotment.key, limitOf(allotment)]));
  return {
    nameOf: (key) => allotmentNamed(definition, key)?.name ?? key,
    stateOf: ({ allotment, addedAt }) =>
      isExcess(addedAt, limits.get(allotment) ?? null) ? "excess" : "active",
  };
}

function heldSeat(seat: LiveSeat, pools: Pools, uses: Map<string, string>): SeatHeld {
  const { folded: _, addedAt: __, created, ...shown } = seat;
  return {
    ...shown,
    allotment: pools.nameOf(seat.allotment),
    state: pools.stateOf(seat),
    created: new Date(created),
    lastUsed: uses.get(seat.instance) ?? null,
  };
}
