import { type DenialKind, denialKind } from "@/domain/consumption/denial";
import { openName } from "@/server/consumption/user-names";
import { dataKeys } from "@/server/secrets/data-keys";
import type { EncryptionKeys } from "@/server/secrets/encryption";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { reading } from "@/server/store/store";

/** How often one deployment denied access in an hour. */
export type ListedDenial = {
  hour: Date;
  reason: string;
  kind: DenialKind;
  /** The allotment's key; null if it concerns none. */
  allotment: string | null;
  /** The name, or the subject index in hex where no name is kept; null if nobody was named. */
  user: string | null;
  source: string;
  count: number;
};

export type DenialFilter = { kind?: DenialKind; from?: Date; before?: Date };

type Row = {
  hour: Date;
  reason: string;
  allotment: string;
  user: string;
  subject: Uint8Array | null;
  source: string;
  count: number;
};

const EARLIEST = new Date(0);
const LATEST = new Date(Date.UTC(9999, 11, 31));
/** `overLimit` in SQL, as the domain's `denialKind` has it. */
const OVER_LIMIT = `(reason LIKE 'QUOTA\\_%' OR reason IN ('BUDGET_USED', 'NO_AVAILABLE_UNITS'))`;

const READ = {
  name: "denial_page",
  text: `
SELECT hour, reason, allotment, user_key AS user, subject, source, count FROM denial
WHERE license = $1 AND hour >= $2::timestamptz AND hour < $3::timestamptz
  AND ($4::boolean IS NULL OR ${OVER_LIMIT} = $4::boolean)
  AND (hour, reason, allotment, user_key, source) < ($5::timestamptz, $6::text, $7::text, $8::text, $9::text)
ORDER BY hour DESC, reason DESC, allotment DESC, user_key DESC, source DESC LIMIT $10::int`,
};

/** The denials that deployments reported, the latest hour first. */
export async function listDenials(
  license: string,
  { kind, from = EARLIEST, before = LATEST }: DenialFilter,
  { limit, cursor }: Slice,
): Promise<Page<ListedDenial>> {
  const filter = ["denials", license, kind, from, before];
  const position = decodeCursor(cursor, filter);
  const after: unknown[] = position ? JSON.parse(position.id) : [LATEST, "", "", "", ""];
  const isOverLimit = kind === undefined ? null : kind === "overLimit";
  const rows = await reading().sql.query<Row>(READ, [
    license,
    from,
    before,
    isOverLimit,
    ...after,
    limit + 1,
  ]);
  const page = pageOf(rows, limit, filter, ({ hour, reason, allotment, user, source }) => ({
    key: null,
    id: JSON.stringify([hour.toISOString(), reason, allotment, user, source]),
  }));
  const { encryption } = await dataKeys(license);
  return { items: page.items.map((row) => opened(encryption, license, row)), cursor: page.cursor };
}

/** All denials of one user for one reason and allotment, over deployments and hours. */
export type DenialSum = Omit<ListedDenial, "hour" | "source"> & {
  /** The latest hour. */
  last: Date;
  deployments: number;
  /** The name or the source of the deployment that denied it, if there is only one. */
  deployment: string | null;
};

type SumRow = Omit<Row, "hour"> & { last: Date; deployments: number; name: string | null };

const SUM = {
  name: "denial_sums",
  text: `
SELECT s.*, d.name FROM (
  SELECT reason, allotment, user_key AS user, sum(count)::bigint AS count, max(hour) AS last,
    (array_agg(subject ORDER BY hour DESC) FILTER (WHERE subject IS NOT NULL))[1] AS subject,
    count(DISTINCT source)::int AS deployments, min(source) AS source
  FROM denial
  WHERE license = $1 AND hour >= $2::timestamptz AND hour < $3::timestamptz AND ${OVER_LIMIT} = $4::boolean
  GROUP BY reason, allotment, user_key ORDER BY count DESC, last DESC, user_key LIMIT $5::int
) s
LEFT JOIN deployment d ON s.deployments = 1 AND d.license = $1 AND d.source = s.source
ORDER BY s.count DESC, s.last DESC, s.user`,
};

/** Who was denied most often in an interval, for one kind of reasons. */
export async function denialSums(
  license: string,
  { kind, from = EARLIEST, before = LATEST }: DenialFilter & { kind: DenialKind },
  limit: number,
): Promise<DenialSum[]> {
  const rows = await reading().sql.query<SumRow>(SUM, [license, from, before, kind === "overLimit", limit]);
  const { encryption } = await dataKeys(license);
  return rows.map(({ last, deployments, name, ...row }) => {
    const { hour: _, source, ...sum } = opened(encryption, license, { ...row, hour: last });
    return { ...sum, last, deployments, deployment: deployments === 1 ? (name ?? source) : null };
  });
}

function opened(
  keys: EncryptionKeys,
  license: string,
  { user, subject, allotment, ...row }: Row,
): ListedDenial {
  return {
    ...row,
    kind: denialKind(row.reason),
    allotment: allotment || null,
    user: openName(keys, license, { user, subject }) ?? (user || null),
  };
}
