import { parseEnv } from "@/server/store/env";
import { closeStore, openStore, store } from "@/server/store/store";
import type { Acknowledged } from "./load";
import type { Settings } from "./stores";

const STORED_ROWS = {
  name: "bench_held",
  text: `SELECT
    (SELECT coalesce(sum(consumed), 0) FROM usage)::float8 AS consumed,
    (SELECT coalesce(sum(total), 0) FROM usage_month)::float8 AS monthly,
    (SELECT coalesce(sum(consumed), 0) FROM usage_day)::float8 AS daily,
    (SELECT count(*) FROM assignment WHERE deleted IS NULL)::float8 AS live,
    (SELECT coalesce(sum(live), 0) FROM allotment)::float8 AS counted`,
};

type Held = Record<"consumed" | "monthly" | "daily" | "live" | "counted", number>;

/** Throws unless a store has exactly what its server acknowledged, and its counters equal its rows. */
export async function compareTotals(
  who: string,
  settings: Settings,
  { consumed, live }: Acknowledged,
  seeded: number,
): Promise<void> {
  const people = seeded + live;
  const expected: Held = { consumed, monthly: consumed, daily: consumed, live: people, counted: people };
  const held = await storedIn(settings);
  if (JSON.stringify(held) !== JSON.stringify(expected))
    throw new Error(
      `${who} acknowledged ${JSON.stringify(expected)}, its store holds ${JSON.stringify(held)}.`,
    );
}

async function storedIn(settings: Settings): Promise<Held | undefined> {
  await openStore(parseEnv(settings));
  try {
    const [held] = await store().sql.query<Held>(STORED_ROWS, []);
    return held;
  } finally {
    await closeStore();
  }
}
