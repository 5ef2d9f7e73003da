import { twiceSpelled } from "@/domain/assignments/spellings";
import { foldSubject, type SubjectMatching } from "@/domain/assignments/subject";
import { allotmentNamed, nameKey } from "@/domain/licenses/definition";
import { crowdedAllotments, excessLimit, isExcess } from "@/domain/licenses/excess";
import { nothingHere } from "@/domain/refusals/refusal";
import { currentDefinition } from "@/server/licenses/definitions";
import { decodeCursor, encodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";
import { idleSeats, reportedUse } from "./idle-seats";
import { type LiveSeat, nameContains, type SeatOrder } from "./live-seat";
import { type LiveSeats, liveSeats } from "./live-seats";
import { orphanedSeats } from "./orphaned-seats";
import { countBefore, orderBy, orderByUse, seatAt, takeBehind } from "./seat-order";
import { usesOf } from "./seat-uses";

export const ASSIGNMENT_SORTS = ["created", "subject", "lastUsed", "allotment"] as const;
export type AssignmentSort = (typeof ASSIGNMENT_SORTS)[number];

export type AssignmentFilter = {
  /** A part of the subject, in any case. */
  query?: string;
  allotment?: string;
  state?: "active" | "excess";
  source?: string;
  /**
   * Not used for at least so many days, where use is reported; a seat that was never used counts from the day this
   * server received it.
   */
  idle?: number;
  /** Only users who seem to have another name too. */
  spellings?: boolean;
  /** Only seats that no deployment seems to know any more. */
  orphans?: boolean;
  sort?: AssignmentSort | `-${AssignmentSort}`;
};

/** A seat with its user; `lastUsed` is a UTC day. */
export type ListedSeat = {
  instance: string;
  version: number;
  allotment: string;
  subject: string;
  /** The other subjects of the same user, if there are any. */
  aliases?: readonly string[];
  state: "active" | "excess";
  created: Date;
  source: string;
  auto: boolean;
  lastUsed: string | null;
  /** Whether the deployment that added it ever reports use; otherwise nobody knows whether it is idle. */
  usageReported: boolean;
  /** Whether the user seems to have another spelling too. */
  isTwice: boolean;
};

/**
 * A page, the total number of rows, and the number before this page. `before` is the cursor of the previous page,
 * null on the first one.
 */
export type AssignmentPage = Page<ListedSeat> & { total: number; from: number; before: string | null };

/** The definition's facts about a seat: the name of its allotment, and whether it is within the units. */
type Allotments = {
  nameOf(allotment: string): string;
  stateOf(seat: LiveSeat): "active" | "excess";
  /** How the license compares users. */
  matching: SubjectMatching;
};

/** The seats of a license, by `created` and newest first unless sorted otherwise. */
export async function listAssignments(
  license: string,
  { limit, cursor, ...filter }: AssignmentFilter & Slice,
  now: Date,
): Promise<AssignmentPage> {
  const { sort = "-created" } = filter;
  const asked = ["assignments", license, filter];
  const position = decodeCursor(cursor, asked);
  const { seats, pools, isWanted } = await openList(license, filter, now);
  const by = FIELDS[sort.replace("-", "") as AssignmentSort];
  const wanted = seats.sorted(by ?? "instance").filter(isWanted);
  const order = by ? orderBy(wanted, by) : await orderByUse(license, wanted);
  const descending = sort.startsWith("-");
  const found = takeBehind(order, position, descending, limit + 1);
  const page = pageOf(found, limit, asked, order.positionOf);
  const instances = page.items.map(({ instance }) => instance);
  const [uses, isTold] = await Promise.all([usesOf(license, instances), reportedUse(license)]);
  const twice = twiceIn(seats);
  const from = countBefore(order, position, descending);
  const ahead = seatAt(order, from - limit - 1, descending);
  return {
    items: page.items.map((seat) => listedSeat(seat, pools, uses, isTold, twice)),
    cursor: page.cursor,
    total: wanted.length,
    from,
    before: ahead ? encodeCursor(order.positionOf(ahead), asked) : null,
  };
}

/** The rank of a seat in its allotment, counted from 1 in the order of adding; null if nobody holds it. */
export async function seatRank(license: string, instance: string): Promise<number | null> {
  const all = (await liveSeats(license)).sorted("addedAt");
  const seat = all.find((one) => one.instance === instance);
  if (!seat) return null;
  return all.filter(({ allotment, addedAt }) => allotment === seat.allotment && addedAt <= seat.addedAt)
    .length;
}

/** Every seat that matches a filter, in the order of adding. */
export async function findSeats(
  license: string,
  filter: AssignmentFilter,
  now: Date,
): Promise<{ seats: LiveSeat[]; stateOf: Allotments["stateOf"]; nameOf: Allotments["nameOf"] }> {
  const { seats, pools, isWanted } = await openList(license, filter, now);
  return { seats: seats.sorted("addedAt").filter(isWanted), ...pools };
}

/** The seats of a license, what its definition says about them, and whether one matches a filter. */
export async function openList(license: string, filter: AssignmentFilter, now: Date) {
  const seats = await liveSeats(license);
  const allotments = await allotmentsOf(license, seats, now);
  const idle = filter.idle === undefined ? null : await idleSeats(license, filter.idle, now);
  const orphans = filter.orphans ? await orphanedSeats(license, now) : null;
  const twice = filter.spellings ? twiceIn(seats) : null;
  const isPlain = matching(filter, allotments);
  const isWanted = (seat: LiveSeat) =>
    isPlain(seat) &&
    (!idle || idle.has(seat.instance)) &&
    (!orphans || orphans.has(seat.instance)) &&
    (!twice || twice.has(seat));
  return { seats, pools: allotments, isWanted };
}

type Twice = ReadonlyMap<LiveSeat, readonly LiveSeat[]>;

const twices = new WeakMap<readonly LiveSeat[], Twice>();

/** Computed once for each state of the seats: an array of them never changes. */
export function twiceIn(seats: LiveSeats): Twice {
  const all = seats.sorted("addedAt");
  const known = twices.get(all) ?? twiceSpelled(all);
  twices.set(all, known);
  return known;
}

/** The fields to sort by; the last use isn't part of the seat. */
const FIELDS: Record<AssignmentSort, SeatOrder | null> = {
  created: "created",
  subject: "folded",
  allotment: "allotment",
  lastUsed: null,
};

function matching({ query, allotment, source, state }: AssignmentFilter, allotments: Allotments) {
  const part = query && foldSubject(query);
  const key = allotment && nameKey(allotment);
  return (seat: LiveSeat) =>
    (!part || nameContains(seat, part)) &&
    (!key || seat.allotment === key) &&
    (!source || seat.source === source) &&
    (!state || allotments.stateOf(seat) === state);
}

async function allotmentsOf(license: string, seats: LiveSeats, now: Date): Promise<Allotments> {
  const row = await store().db.license.findUnique({
    where: { number: license },
    select: { definitionId: true, allotments: true, subjectMatching: true },
  });
  if (!row) throw nothingHere();
  const definition = await currentDefinition(license, row.definitionId);
  const live = row.allotments.map(({ key, live: held }) => [key, held] as const);
  const limitOf = (key: string, units: number) => {
    const held = seats.sorted("addedAt").filter(({ allotment }) => allotment === key);
    return excessLimit(held, units);
  };
  const crowded = crowdedAllotments(definition, live, now);
  const limits = new Map([...crowded].map(([key, units]) => [key, limitOf(key, units)]));
  return {
    nameOf: (key) => allotmentNamed(definition, key)?.name ?? key,
    stateOf: ({ allotment, addedAt }) =>
      isExcess(addedAt, limits.get(allotment) ?? null) ? "excess" : "active",
    matching: row.subjectMatching,
  };
}

function listedSeat(
  seat: LiveSeat,
  allotments: Allotments,
  uses: Map<string, string>,
  isTold: (source: string) => boolean,
  twice: Twice,
): ListedSeat {
  const { folded: _, foldedAliases: __, addedAt: ___, created, ...shown } = seat;
  return {
    ...shown,
    allotment: allotments.nameOf(seat.allotment),
    state: allotments.stateOf(seat),
    created: new Date(created),
    lastUsed: uses.get(seat.instance) ?? null,
    usageReported: isTold(seat.source),
    isTwice: twice.has(seat),
  };
}
