import { type Month, monthOf } from "@/domain/month";
import { type Promised, promisedAt, reservedFrom, type Share } from "@/domain/offline/shares";
import { store, type Tx } from "@/server/store/store";

type ShareRow = Omit<Share, "used" | "units"> & { class: "assigned" | "time" };
/** A share of a checkout, or what the minute leases of an allotment hold. */
type Row = { license: string; allotment: string; units: bigint; used: bigint } & (
  | ShareRow
  | { class: "lease" }
);

/** What is reserved, by license and the key of the allotment: seats, and minutes of one month. */
export type PromisedUnits = {
  /** The shares of open checkouts. */
  of(license: string, allotment: string): readonly Promised[];
  /** The unused part of the shares, and what minute leases hold of a month that isn't over. */
  reserved(license: string, allotment: string): number;
};

/** One statement for any number of licenses; minutes are those of the month. */
export async function promisedUnits(
  licenses: readonly string[],
  now: Date,
  month: Month = monthOf(now),
  tx: Pick<Tx, "$queryRaw"> = store().db,
): Promise<PromisedUnits> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT x.license, x.allotment, t.class::text AS class, x.source, x.units::bigint, x.since, x.until,
      CASE t.class WHEN 'time' THEN coalesce(u.consumed, 0) ELSE x.live END::bigint AS used
    FROM checkout_share x
    JOIN allotment t ON t.license = x.license AND t.key = x.allotment
    LEFT JOIN usage u ON u.license = x.license AND u.allotment = x.allotment AND u.month = ${month} AND u.source = x.source
    WHERE x.license = ANY (${[...licenses]})
    UNION ALL
    SELECT license, allotment, 'lease', NULL, reserved, NULL, NULL, 0 FROM usage_month
    WHERE license = ANY (${[...licenses]}) AND month = ${month} AND month >= ${monthOf(now)} AND reserved > 0`;
  const shares = new Map<string, { shares: Share[]; month: Month | undefined }>();
  const leased = new Map<string, number>();
  for (const { license, allotment, used, units, ...row } of rows) {
    const key = `${license} ${allotment}`;
    if (row.class === "lease") {
      leased.set(key, Number(units));
      continue;
    }
    const { class: usage, ...share } = row;
    const known = shares.get(key) ?? { shares: [], month: usage === "time" ? month : undefined };
    known.shares.push({ ...share, units: Number(units), used: Number(used) });
    shares.set(key, known);
  }
  const of = (license: string, allotment: string) => {
    const known = shares.get(`${license} ${allotment}`);
    return known ? promisedAt(known.shares, now, known.month) : [];
  };
  const reserved = (license: string, allotment: string) =>
    reservedFrom(null, of(license, allotment)) + (leased.get(`${license} ${allotment}`) ?? 0);
  return { of, reserved };
}
