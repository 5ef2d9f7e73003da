import type { RejectionCode } from "@/domain/refusals/refusal";
import { rejectionContext } from "@/server/assignments/log/assignment-rows";
import { dataKeys } from "@/server/secrets/data-keys";
import { decrypt, type EncryptionKeys } from "@/server/secrets/encryption";
import { subjectIndexes } from "@/server/secrets/subject-index";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";

/** A rejected change of an assignment, and how often it came. */
export type Rejection = {
  subject: string;
  allotment: string;
  code: RejectionCode;
  source: string;
  first: Date;
  last: Date;
  times: number;
};

type Row = {
  allotment: string;
  index: string;
  source: string;
  code: RejectionCode;
  subject: Uint8Array;
  firstAt: Date;
  lastAt: Date;
  times: number;
};

/**
 * The rejections of a license in the last 30 days, newest first. Subjects are decrypted for this response only; a
 * full subject as `query` finds its rejections by the subject index.
 */
export async function listRejections(
  license: string,
  { query = "", limit, cursor }: Slice & { query?: string },
): Promise<Page<Rejection>> {
  const filter = ["rejections", license, query];
  const position = decodeCursor(cursor, filter);
  const after = position ? ([position.key, ...JSON.parse(position.id)] as string[]) : null;
  const rows = await readRejections(license, await subjectIndexes(license, query), after, limit + 1);
  const { encryption } = await dataKeys(license);
  const page = pageOf(rows, limit, filter, ({ lastAt, allotment, index, source, code }) => ({
    key: lastAt.toISOString(),
    id: JSON.stringify([allotment, index, source, code]),
  }));
  return { items: page.items.map((row) => opened(license, encryption, row)), cursor: page.cursor };
}

/** The number of rows on all pages. */
export async function countRejections(license: string, query = ""): Promise<number> {
  const indexes = await subjectIndexes(license, query);
  const subject = indexes ? { subjectIndex: { in: indexes.map((index) => Buffer.from(index, "hex")) } } : {};
  return store().db.rejection.count({ where: { license, ...subject } });
}

async function readRejections(
  license: string,
  wanted: string[] | null,
  after: string[] | null,
  limit: number,
): Promise<Row[]> {
  const [at = null, allotment = null, index = null, source = null, code = null] = after ?? [];
  return store().db.$queryRaw<Row[]>`
    SELECT allotment, encode(subject_index, 'hex') AS index, source, code, subject,
      first_at AS "firstAt", last_at AS "lastAt", times
    FROM rejection
    WHERE license = ${license} AND (${wanted}::text[] IS NULL
      OR subject_index IN (SELECT decode(w.index, 'hex') FROM unnest(${wanted}::text[]) AS w(index)))
      AND (${at}::timestamptz IS NULL OR (last_at, allotment, subject_index, source, code) <
      (${at}::timestamptz, ${allotment}::text, decode(${index}::text, 'hex'), ${source}::text, ${code}::text))
    ORDER BY last_at DESC, allotment DESC, subject_index DESC, source DESC, code DESC
    LIMIT ${limit}`;
}

function opened(license: string, keys: EncryptionKeys, row: Row): Rejection {
  const { allotment, source, code, firstAt, lastAt, times } = row;
  const subject = decrypt(keys, row.subject, rejectionContext(license, row)).toString();
  return { subject, allotment, code, source, first: firstAt, last: lastAt, times };
}
