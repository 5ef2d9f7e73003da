import { subjectIndexes } from "@/server/secrets/subject-index";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";

/** A seat that was released. Its subject was erased with the release. */
export type ReleasedSeat = {
  instance: string;
  version: number;
  allotment: string;
  created: Date;
  released: Date;
  source: string;
};

type Row = Omit<ReleasedSeat, "version"> & { version: bigint };

/**
 * The seats that were released in the last 60 days, newest first. Their subjects are erased; a full subject as
 * `query` still finds its seats, by the subject index.
 */
export async function listReleased(
  license: string,
  { query = "", limit, cursor }: Slice & { query?: string },
): Promise<Page<ReleasedSeat>> {
  const asked = ["released", license, query];
  const position = decodeCursor(cursor, asked);
  const indexes = await subjectIndexes(license, query);
  const rows = await store().db.$queryRaw<Row[]>`
    SELECT instance::text, version, allotment, created, deleted AS released, source FROM assignment
    WHERE license = ${license} AND deleted IS NOT NULL
      AND (${position?.id ?? null}::bigint IS NULL OR version < ${position?.id ?? null}::bigint)
      AND (${indexes}::text[] IS NULL
        OR subject_index IN (SELECT decode(w.index, 'hex') FROM unnest(${indexes}::text[]) AS w(index)))
    ORDER BY version DESC LIMIT ${limit + 1}`;
  return pageOf(
    rows.map((row) => ({ ...row, version: Number(row.version) })),
    limit,
    asked,
    ({ version }) => ({ key: null, id: String(version) }),
  );
}

/** The number of rows on all pages. */
export async function countReleased(license: string, query = ""): Promise<number> {
  const indexes = await subjectIndexes(license, query);
  const subject = indexes ? { subjectIndex: { in: indexes.map((index) => Buffer.from(index, "hex")) } } : {};
  return store().db.assignment.count({ where: { license, deleted: { not: null }, ...subject } });
}
