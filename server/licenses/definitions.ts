import { LRUCache } from "lru-cache";
import type { Definition, Era } from "@/domain/licenses/definition";
import { perProcess } from "@/server/store/per-process";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";

type History = { latest: string; eras: Era[] };

const LOAD = {
  name: "definitions",
  text: `SELECT id, effective_from, content, corrects FROM definition WHERE license = $1 ORDER BY effective_from, id`,
};

const LOAD_MANY = {
  name: "definitions_of_many",
  text: `SELECT license, id, effective_from, content, corrects FROM definition WHERE license = ANY ($1) ORDER BY effective_from, id`,
};

type Row = { id: string; effective_from: Date; content: Definition; corrects: string | null };

const histories = () => perProcess("definitions", () => new LRUCache<string, History>({ max: 20_000 }));

/**
 * All definitions that a license had, the one in force last. Definitions are only appended, so a cached list stays
 * right as long as the latest is the same.
 */
export function erasOf(
  license: string,
  latest: string,
  sql: Pick<Sql, "query"> = store().sql,
): Era[] | Promise<Era[]> {
  const known = histories().get(license);
  if (known?.latest === latest) return known.eras;
  return sql.query<Row>(LOAD, [license]).then((rows) => remember(license, latest, rows));
}

/** The definitions that were read last, with the id of the latest one; undefined if they weren't read lately. */
export function knownEras(license: string): History | undefined {
  return histories().get(license);
}

/** The definitions of many licenses in one query, by number; `latest` of each as its row says. */
export async function erasOfMany(
  licenses: readonly { number: string; definitionId: string }[],
): Promise<Map<string, Era[]>> {
  const eras = new Map<string, Era[]>();
  const unknown = licenses.filter(({ number, definitionId }) => {
    const known = histories().get(number);
    if (known?.latest !== definitionId) return true;
    eras.set(number, known.eras);
    return false;
  });
  if (unknown.length === 0) return eras;
  const numbers = unknown.map(({ number }) => number);
  const rows = await store().sql.query<Row & { license: string }>(LOAD_MANY, [numbers]);
  const byLicense = new Map<string, Row[]>(numbers.map((number) => [number, []]));
  for (const row of rows) byLicense.get(row.license)?.push(row);
  for (const { number, definitionId } of unknown)
    eras.set(number, remember(number, definitionId, byLicense.get(number) ?? []));
  return eras;
}

function remember(license: string, latest: string, rows: Row[]): Era[] {
  const upTo = rows.findIndex(({ id }) => id === latest);
  const eras = rows.slice(0, upTo + 1).map((row) => ({
    from: row.effective_from,
    definition: row.content,
    isCorrection: row.corrects !== null,
  }));
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
