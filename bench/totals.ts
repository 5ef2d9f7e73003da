import pg from "pg";
import type { Acknowledged } from "./load";
import type { Settings } from "./stores";

const HELD = `SELECT
  (SELECT coalesce(sum(consumed), 0) FROM usage)::float8 AS consumed,
  (SELECT coalesce(sum(total), 0) FROM usage_month)::float8 AS monthly,
  (SELECT coalesce(sum(consumed), 0) FROM usage_day)::float8 AS daily,
  (SELECT count(*) FROM assignment WHERE deleted IS NULL)::float8 AS live,
  (SELECT coalesce(sum(live), 0) FROM allotment)::float8 AS counted`;

type Held = Record<"consumed" | "monthly" | "daily" | "live" | "counted", number>;

/** Throws unless a store holds exactly what its server acknowledged, and its counters equal its rows. */
export async function compareTotals(
  who: string,
  { DATABASE_URL: connectionString }: Settings,
  { consumed, live }: Acknowledged,
  seeded: number,
): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query<Held>(HELD).finally(() => client.end());
  const [held] = rows;
  const people = seeded + live;
  const expected: Held = { consumed, monthly: consumed, daily: consumed, live: people, counted: people };
  if (JSON.stringify(held) !== JSON.stringify(expected))
    throw new Error(
      `${who} acknowledged ${JSON.stringify(expected)}, its store holds ${JSON.stringify(held)}.`,
    );
}
