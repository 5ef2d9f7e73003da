import { LRUCache } from "lru-cache";
import { type RateLimit, type RateLimitUse, windowStart } from "@/domain/rate-limit";
import type { Statement } from "@/server/store/sql";
import { store } from "@/server/store/store";

/** The requests of one credential in one window. */
type Count = {
  /** The name of the limit and the credential. */
  key: string;
  limit: RateLimit;
  /** The window, in milliseconds. */
  start: number;
  /** Those that came to this process. */
  own: number;
  /** How many of them the store was told. */
  shared: number;
  /** Those that came to other servers, as far as this one knows. */
  others: number;
};

/** Credentials of a limit beyond this number forget what the oldest had used. */
const MOST_KNOWN = 100_000;
/** Credentials that used less than this part of a limit aren't exchanged: so many servers together can't be over it. */
const SERVERS = 50;

/**
 * Adds what this server counted since the last exchange, and returns what all of them counted. A row of an earlier
 * window begins again; a server whose clock is still in the earlier one adds nothing. Sorted, so that servers lock rows
 * in one order.
 */
const EXCHANGE: Statement = {
  name: "request_counts",
  text: `
INSERT INTO request_count AS c (key, window_start, total)
SELECT key, $2::timestamptz, added FROM unnest($1::text[], $3::bigint[]) AS n(key, added) ORDER BY key
ON CONFLICT (key) DO UPDATE SET window_start = greatest(c.window_start, excluded.window_start),
  total = CASE WHEN c.window_start = excluded.window_start THEN c.total + excluded.total
    WHEN c.window_start > excluded.window_start THEN c.total ELSE excluded.total END
RETURNING key, window_start, total`,
};

type Exchanged = { key: string; window_start: Date; total: number };

export type RequestCounter = {
  /** Counts a request of a credential, and says how much of its limit is used. */
  count(limit: RateLimit, id: string, at: Date): RateLimitUse;
  /** Exchanges counts with other servers, in one statement for all credentials that are near enough to a limit. */
  exchange(at: Date): Promise<void>;
};

/**
 * Counts requests in this process, without a wait, and learns in the background what other servers counted. So a
 * credential can exceed its limit by what it sends to other servers between two exchanges.
 */
export function requestCounter(): RequestCounter {
  const newest = () => new LRUCache<string, Count>({ max: MOST_KNOWN });
  const counts = { reads: newest(), writes: newest(), calls: newest() };
  return {
    count(limit, id, at) {
      const start = windowStart(at);
      const known = counts[limit.name].get(id);
      const count =
        known?.start === start
          ? known
          : { key: `${limit.name} ${id}`, limit, start, own: 0, shared: 0, others: 0 };
      count.own += 1;
      if (count !== known) counts[limit.name].set(id, count);
      return { limit, used: count.own + count.others, at };
    },
    async exchange(at) {
      const start = windowStart(at);
      const known = Object.values(counts).flatMap((some) => [...some.values()]);
      const due = known.filter((count) => count.start === start && isDue(count));
      if (due.length > 0) await exchangeCounts(due, start);
    },
  };
}

async function exchangeCounts(due: Count[], start: number): Promise<void> {
  const sent = new Map(due.map((count) => [count.key, { count, own: count.own }]));
  const added = due.map(({ own, shared }) => own - shared);
  for (const count of due) count.shared = count.own; // without a response nobody knows: it isn't sent twice
  const rows = await store().sql.query<Exchanged>(EXCHANGE, [[...sent.keys()], new Date(start), added]);
  for (const { key, window_start, total } of rows) {
    const { count, own } = sent.get(key) ?? {};
    if (count?.start === window_start.getTime()) count.others = Math.max(0, total - (own ?? 0));
  }
}

function isDue({ limit, own, shared }: Count): boolean {
  return own > shared && own * SERVERS >= limit.most;
}
