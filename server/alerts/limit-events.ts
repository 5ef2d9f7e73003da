import type { Condition } from "@/domain/alerts/alert";
import type { NewEvent } from "@/server/events/outbox";
import type { Sql } from "@/server/store/sql";

/** The limits of a license that are reached now. */
type Reached = { scope: string; reached: readonly Condition[] };

/** Only the first of several evaluations that see a limit reached writes it. */
const REACH = {
  name: "alert_reach",
  text: `
INSERT INTO reached_limit (scope, kind, series, once, at)
SELECT scope, kind, series, once, $2 FROM json_to_recordset($1::json)
  AS r(scope text, kind text, series text, once text)
ORDER BY scope, kind, series, once
ON CONFLICT DO NOTHING RETURNING scope, kind, series, once`,
};

type Key = { scope: string; kind: string; series: string; once: string };

/** Remembers which limits are reached, and returns the events of those that weren't before. */
export async function limitEvents(
  tx: Pick<Sql, "query">,
  findings: readonly Reached[],
  now: Date,
): Promise<NewEvent[]> {
  const rows = findings.flatMap(({ scope, reached }) => reached.map((limit) => ({ scope, ...limit })));
  if (rows.length === 0) return [];
  const keys = rows.map(({ scope, kind, series, once }) => ({ scope, kind, series, once }));
  const fresh = new Set((await tx.query<Key>(REACH, [JSON.stringify(keys), now])).map(keyOf));
  return rows
    .filter((row) => fresh.has(keyOf(row)))
    .map(({ scope: license, kind: type, data }) => ({ type, license, data: { license, ...data } }));
}

function keyOf({ scope, kind, series, once }: Key): string {
  return JSON.stringify([scope, kind, series, once]);
}
