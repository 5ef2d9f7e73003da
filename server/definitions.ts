import { LRUCache } from "lru-cache";
import type { Definition, Era } from "@/domain/definition";
import { perProcess } from "./per-process";
import type { Sql } from "./sql";
import { store } from "./store";

type History = { latest: string; eras: Era[] };

const LOAD = {
  name: "definitions",
  text: `SELECT id, effective_from, content FROM definition WHERE license = $1 ORDER BY effective_from, id`,
};

const histories = () => perProcess("definitions", () => new LRUCache<string, History>({ max: 20_000 }));

/**
 * All definitions that a license had, the one in force last. Definitions are only ever appended, so what was read
 * stays right as long as the latest is the same.
 */
export async function erasOf(
  license: string,
  latest: string,
  sql: Pick<Sql, "query"> = store().sql,
): Promise<Era[]> {
  const known = histories().get(license);
  if (known?.latest === latest) return known.eras;
  const rows = await sql.query<{ id: string; effective_from: Date; content: Definition }>(LOAD, [license]);
  const upTo = rows.findIndex(({ id }) => id === latest);
  const eras = rows.slice(0, upTo + 1).map((row) => ({ from: row.effective_from, definition: row.content }));
  histories().set(license, { latest, eras });
  return eras;
}

export async function currentDefinition(
  license: string,
  latest: string,
  sql: Pick<Sql, "query"> = store().sql,
): Promise<Definition> {
  const era = (await erasOf(license, latest, sql)).at(-1);
  if (!era) throw new Error(`License ${license} has no definition ${latest}.`);
  return era.definition;
}
