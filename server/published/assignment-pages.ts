import { subjectFragmentKey } from "@/domain/assignments/subject";
import { nameKey } from "@/domain/licenses/definition";
import { meetsFilter, readScimFilter } from "@/domain/scim/scim-filter";
import { openList } from "@/server/assignments/lists/assignment-list";
import type { LiveSeat, SeatOrder } from "@/server/assignments/lists/live-seat";
import { type Order, orderBy, takeBefore, takeBehind } from "@/server/assignments/lists/seat-order";
import { issuePageToken, readPageToken } from "@/server/secrets/page-tokens";
import type { PublishedPage } from "./published-page";

export const PUBLISHED_SORTS = ["created", "subject", "type"] as const;
type Sort = (typeof PUBLISHED_SORTS)[number];

/** The request of the list; `filter` as in RFC 7644 over subject, type, created and excess. */
export type AssignmentsAsked = {
  filter?: string;
  orphans: boolean;
  sort: Sort | `-${Sort}`;
  limit: number;
};

export type PublishedAssignment = { subject: string; type: string; created: string; excess: boolean };

/** The first page of the assignments of a license. */
export function firstAssignments(license: string, asked: AssignmentsAsked, now: Date) {
  return assignmentPage(
    license,
    asked,
    (order, descending) => takeBehind(order, null, descending, asked.limit),
    now,
  );
}

/** The page of a token, which carries the whole request. */
export function assignmentsAt(license: string, token: string, now: Date) {
  const { asked, direction, position } = readPageToken<AssignmentsAsked>(listOf(license), token);
  const { limit } = asked;
  const take = (order: Order, descending: boolean) => {
    if (direction === "next") return takeBehind(order, position, descending, limit);
    const before = takeBefore(order, position, descending, limit);
    // What was before it is gone: an empty page with a next one would end a loop over the pages.
    return before.length > 0 ? before : takeBehind(order, null, descending, limit);
  };
  return assignmentPage(license, asked, take, now);
}

async function assignmentPage(
  license: string,
  asked: AssignmentsAsked,
  take: (order: Order, descending: boolean) => LiveSeat[],
  now: Date,
): Promise<PublishedPage<PublishedAssignment>> {
  const { order, pools } = await orderedSeats(license, asked, now);
  const descending = asked.sort.startsWith("-");
  const page = take(order, descending);
  const [first, last] = [page.at(0), page.at(-1)];
  const token = (direction: "next" | "prev", seat: LiveSeat) =>
    issuePageToken(listOf(license), { direction, position: order.positionOf(seat), asked });
  const hasPrev = first && takeBefore(order, order.positionOf(first), descending, 1).length > 0;
  const hasNext = last && takeBehind(order, order.positionOf(last), descending, 1).length > 0;
  return {
    items: page.map((seat) => publishedSeat(seat, pools)),
    next: hasNext ? token("next", last) : null,
    prev: hasPrev ? token("prev", first) : null,
  };
}

async function orderedSeats(license: string, { filter, orphans, sort }: AssignmentsAsked, now: Date) {
  const { seats, pools, isWanted } = await openList(license, { orphans }, now);
  const by = ORDERS[sort.replace("-", "") as Sort]; // the sort without its direction
  const sorted = seats.sorted(by);
  // Clients that read every page ask for all: then a page costs the same at any number of seats.
  if (!filter && !orphans) return { order: orderBy(sorted, by), pools };
  const meets = filtering(filter, pools);
  return {
    order: orderBy(
      sorted.filter((seat) => isWanted(seat) && meets(seat)),
      by,
    ),
    pools,
  };
}

const ORDERS: Record<Sort, SeatOrder> = { created: "created", subject: "folded", type: "allotment" };

type Allotments = Awaited<ReturnType<typeof openList>>["pools"];

function filtering(text: string | undefined, allotments: Allotments): (seat: LiveSeat) => boolean {
  if (!text) return () => true;
  const keyOf = (subject: string) => subjectFragmentKey(subject, allotments.matching);
  const condition = readScimFilter(text, {
    subject: { kind: "text", keyOf },
    type: { kind: "text", keyOf: nameKey },
    created: { kind: "time" },
    excess: { kind: "boolean" },
  });
  return (seat) =>
    meetsFilter(condition, (name) => {
      if (name === "subject") return subjectKeys(seat, allotments.matching, keyOf);
      if (name === "type") return seat.allotment;
      return name === "created" ? seat.created : allotments.stateOf(seat) === "excess";
    });
}

/** The key of the subject of a seat, and with aliases those of all subjects of its user. */
function subjectKeys(
  { subject, folded, aliases = [], foldedAliases = [] }: LiveSeat,
  matching: Allotments["matching"],
  keyOf: (subject: string) => string,
): string | string[] {
  const key = matching === "folded" ? folded : keyOf(subject);
  if (aliases.length === 0) return key;
  return [key, ...(matching === "folded" ? foldedAliases : aliases.map(keyOf))];
}

function publishedSeat(seat: LiveSeat, allotments: Allotments): PublishedAssignment {
  return {
    subject: seat.subject,
    type: allotments.nameOf(seat.allotment),
    created: new Date(seat.created).toISOString(),
    excess: allotments.stateOf(seat) === "excess",
  };
}

function listOf(license: string): string {
  return `assignments ${license}`;
}
