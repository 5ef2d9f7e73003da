import type { Sql } from "@/server/store/sql";

/**
 * The result of one rule: `broken` of `rows` break it, and `first` names some of those. `name` is the rule's label in
 * metrics; `rule` is its sentence.
 */
export type CheckedRule = { name: string; rule: string; rows: number; broken: number; first: string[] };

/** A rule in a single statement: `looked` returns a row for each thing checked, with `id` and whether it is `ok`. */
export type SqlRule = {
  name: string;
  rule: string;
  looked: string;
  /** Whether it reads every session: only `signet check` takes that time. */
  isSlow?: boolean;
};

const NAMED = 10;

export async function ruleOn(sql: Pick<Sql, "query">, { name, rule, looked }: SqlRule): Promise<CheckedRule> {
  const text = `
    SELECT count(*)::int AS rows, (count(*) FILTER (WHERE ok IS NOT TRUE))::int AS broken,
      coalesce((array_agg(id::text ORDER BY id) FILTER (WHERE ok IS NOT TRUE))[1:${NAMED}], '{}') AS first
    FROM (${looked}) looked`;
  const [found] = await sql.query<Omit<CheckedRule, "name" | "rule">>({ name: "check", text }, []);
  return { name, rule, ...(found ?? { rows: 0, broken: 0, first: [] }) };
}

/** Counts row by row. */
export function tally(name: string, rule: string) {
  const checked: CheckedRule = { name, rule, rows: 0, broken: 0, first: [] };
  const count = (isRight: boolean, id: string) => {
    checked.rows += 1;
    if (isRight) return;
    checked.broken += 1;
    if (checked.first.length < NAMED) checked.first.push(id);
  };
  return { checked, count };
}

/** Reads a table to its end in batches, each after the last row of the one before. */
export async function* inBatches<Row>(read: (last: Row | undefined) => Promise<Row[]>): AsyncGenerator<Row> {
  for (let last: Row | undefined; ; ) {
    const rows = await read(last);
    yield* rows;
    last = rows.at(-1);
    if (!last) return;
  }
}
