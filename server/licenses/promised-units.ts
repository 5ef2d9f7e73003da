import { type Month, monthOf } from "@/domain/month";
import { type Promised, promisedAt, reservedFrom, type Share } from "@/domain/offline/shares";
import { store, type Tx } from "@/server/store/store";

type Row = Omit<Share, "used"> & { license: string; allotment: string; used: bigint };

/** The units that open checkouts reserve, by license and the key of the allotment: seats, and minutes of one month. */
export type PromisedUnits = {
  of(license: string, allotment: string): readonly Promised[];
  /** The unused part of the shares. */
  reserved(license: string, allotment: string): number;
};

/** One statement for any number of licenses; minutes are those of the month. */
export async function promisedUnits(
  licenses: readonly string[],
  now: Date,
  month: Month = monthOf(now),
  tx: Pick<Tx, "$queryRaw"> = store().db,
): Promise<PromisedUnits> {
  const rows = await tx.$queryRaw<(Row & { class: "assigned" | "time" })[]>`
    SELECT x.license, x.allotment, t.class::text AS class, x.source, x.units, x.since, x.until,
      CASE t.class WHEN 'time' THEN coalesce(u.consumed, 0) ELSE x.live END::bigint AS used
    FROM checkout_share x
    JOIN allotment t ON t.license = x.license AND t.key = x.allotment
    LEFT JOIN usage u ON u.license = x.license AND u.allotment = x.allotment AND u.month = ${month} AND u.source = x.source
    WHERE x.license = ANY (${[...licenses]})`;
  const shares = new Map<string, { shares: Share[]; month: Month | undefined }>();
  for (const { license, allotment, used, class: usage, ...row } of rows) {
    const key = `${license} ${allotment}`;
    const known = shares.get(key) ?? { shares: [], month: usage === "time" ? month : undefined };
    known.shares.push({ ...row, used: Number(used) });
    shares.set(key, known);
  }
  const of = (license: string, allotment: string) => {
    const known = shares.get(`${license} ${allotment}`);
    return known ? promisedAt(known.shares, now, known.month) : [];
  };
  return { of, reserved: (license, allotment) => reservedFrom(null, of(license, allotment)) };
}
