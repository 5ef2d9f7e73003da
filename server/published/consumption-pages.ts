import { type Blocks, publishedSession } from "@/domain/consumption/published-session";
import { allotmentNamed, nameKey } from "@/domain/licenses/definition";
import { Refusal } from "@/domain/refusals/refusal";
import { readScimFilter } from "@/domain/scim/scim-filter";
import { intervalsOf, type TimeInterval } from "@/domain/scim/time-interval";
import { listSessions } from "@/server/consumption/sessions/session-list";
import { meteredAllotments } from "@/server/consumption/usage";
import { licenseByNumber } from "@/server/licenses/licenses";
import { issuePageToken, readPageToken } from "@/server/secrets/page-tokens";
import type { PublishedPage } from "./published-page";

/** The request of the list; `filter` as in RFC 7644 over endTime. */
export type ConsumptionAsked = { filter?: string; sort: "endTime" | "-endTime"; limit: number };
type Reader = { withNames: boolean; now: Date };
export type PublishedSession = ReturnType<typeof publishedSession>;

/** The first page of the sessions of a license. */
export function firstConsumption(license: string, asked: ConsumptionAsked, reader: Reader) {
  return consumptionPage(license, asked, undefined, reader);
}

/** The page of a token, which carries the whole request. */
export function consumptionAt(license: string, token: string, reader: Reader) {
  const { asked, position } = readPageToken<ConsumptionAsked>(listOf(license), token);
  return consumptionPage(license, asked, position.id, reader);
}

async function consumptionPage(
  license: string,
  asked: ConsumptionAsked,
  cursor: string | undefined,
  { withNames, now }: Reader,
): Promise<PublishedPage<PublishedSession>> {
  const ended = intervalIn(asked.filter);
  if (!ended) return { items: [], next: null, prev: null };
  const { sort, limit } = asked;
  const page = await listSessions(license, { ended, sort, withNames }, { limit, cursor });
  const blocks = page.items.length > 0 ? await blocksOf(license, now) : () => ({ name: "", minimum: 1 });
  const token = (direction: "next" | "prev", id: string | null) =>
    id === null ? null : issuePageToken(listOf(license), { direction, position: { key: null, id }, asked });
  return {
    items: page.items.map((session) => publishedSession(session, blocks(session.allotment))),
    next: token("next", page.next),
    prev: token("prev", page.previous),
  };
}

/** The only interval of a filter; null if no moment meets it. */
function intervalIn(filter: string | undefined): TimeInterval | null {
  if (!filter) return {};
  const intervals = intervalsOf(readScimFilter(filter, { endTime: { kind: "time" } }));
  if (intervals.length > 1) throw severalIntervals();
  return intervals[0] ?? null;
}

function severalIntervals(): Refusal {
  const title = "The filter names several intervals of endTime. Ask for one after the other.";
  return new Refusal("INVALID_QUERY", title, { faults: [{ code: "INVALID_FILTER", title }] });
}

/** The allotments of minutes by their keys; one that the definition no longer has counts in minutes. */
async function blocksOf(license: string, now: Date): Promise<(key: string) => Blocks> {
  const [{ definition }, meters] = await Promise.all([
    licenseByNumber(license, now),
    meteredAllotments(license),
  ]);
  return (key) => {
    const name = meters.find((meter) => meter.key === nameKey(key))?.name ?? key;
    return { name, minimum: allotmentNamed(definition, key)?.usage.minimum ?? 1 };
  };
}

function listOf(license: string): string {
  return `consumption ${license}`;
}
