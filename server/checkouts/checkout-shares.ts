import type { Change } from "@/domain/assignments/assignment";
import { movesSeat } from "@/domain/assignments/moved-seats";
import type { Month } from "@/domain/month";
import { type Promised, promisedAt, reservedFrom, type Share } from "@/domain/offline/shares";
import type { Sql } from "@/server/store/sql";

/** A share as statements read it, in JSON. `used` are live seats, or minutes of the month in question. */
export type ShareRow = {
  allotment: string;
  source: string;
  units: number;
  used: number;
  since: string;
  until: string;
};

const SHARE_JSON = (used: string) =>
  `json_build_object('allotment', x.allotment, 'source', x.source, 'units', x.units, 'used', ${used},
    'since', x.since, 'until', x.until)`;

/** The shares of `license l` with the live seats of their sources; null, at no cost, if no checkout reserves any. */
export const SEAT_SHARES = `
  CASE WHEN l.shares_until IS NOT NULL
    THEN (SELECT json_agg(${SHARE_JSON("x.live")}) FROM checkout_share x WHERE x.license = l.number) END AS shares`;

/**
 * The shares of `license l` in the allotment `row`, with what their sources booked in a month. At no cost if there
 * are none.
 */
export const minuteShares = (row: string, month: string) => `
  CASE WHEN l.shares_until IS NOT NULL AND ${row}.class = 'time'
    THEN (SELECT json_agg(${SHARE_JSON("coalesce(b.consumed, 0)")}) FROM checkout_share x
      LEFT JOIN usage b ON b.license = x.license AND b.allotment = x.allotment AND b.month = ${month} AND b.source = x.source
      WHERE x.license = l.number AND x.allotment = ${row}.key) END`;

/** The shares of `license l` in all its allotments; minutes are those of a month. At no cost if there are none. */
export const allShares = (month: string) => `
  CASE WHEN l.shares_until IS NOT NULL
    THEN (SELECT json_agg(${SHARE_JSON("CASE t.class WHEN 'time' THEN coalesce(b.consumed, 0) ELSE x.live END")}) FROM checkout_share x
      JOIN allotment t ON t.license = x.license AND t.key = x.allotment
      LEFT JOIN usage b ON b.license = x.license AND b.allotment = x.allotment AND b.month = ${month} AND b.source = x.source
      WHERE x.license = l.number) END`;

/** The seats reserved in each allotment now; empty if there are none. */
export function promisedSeats(rows: readonly ShareRow[] | null, now: Date): Map<string, Promised[]> {
  const byAllotment = new Map<string, Share[]>();
  for (const row of rows ?? [])
    byAllotment.set(row.allotment, [...(byAllotment.get(row.allotment) ?? []), shareOf(row)]);
  const promised = [...byAllotment].map(([key, shares]) => [key, promisedAt(shares, now)] as const);
  return new Map(promised.filter(([, shares]) => shares.length > 0));
}

/** The minutes reserved in one allotment in a month. */
export function promisedMinutes(rows: readonly ShareRow[], month: Month, now: Date): Promised[] {
  return promisedAt(rows.map(shareOf), now, month);
}

/** What the shares in one allotment reserve now beside what their sources use; of minutes, in the month. */
export function reservedUnits(
  rows: readonly ShareRow[],
  allotment: string,
  now: Date,
  month: Month | undefined,
): number {
  const shares = rows.filter((row) => row.allotment === allotment).map(shareOf);
  return reservedFrom(null, promisedAt(shares, now, month));
}

function shareOf({ source, units, used, since, until }: ShareRow): Share {
  return { source, units, used, since: new Date(since), until: new Date(until) };
}

const MOVE = {
  name: "checkout_shares_move",
  text: `UPDATE checkout_share s SET live = s.live + m.moved
    FROM (SELECT * FROM json_to_recordset($2::json) AS m(source text, allotment text, moved int) ORDER BY source, allotment) m
    WHERE s.license = $1 AND s.source = m.source AND s.allotment = m.allotment`,
};

/** Counts the seats that sources with shares took or released: nothing is sent for other licenses and sources. */
export async function countShared(
  tx: Pick<Sql, "query">,
  license: string,
  rows: readonly ShareRow[] | null,
  changes: readonly Change[],
): Promise<void> {
  const moved = movedShares(rows ?? [], changes);
  if (moved.length > 0) await tx.query(MOVE, [license, JSON.stringify(moved)]);
}

/** The shares once their sources have made changes. */
export function sharesAfter(
  rows: readonly ShareRow[] | null,
  changes: readonly Change[],
): readonly ShareRow[] | null {
  const moved = new Map(movedShares(rows ?? [], changes).map((share) => [shareKey(share), share.moved]));
  return rows?.map((row) => ({ ...row, used: row.used + (moved.get(shareKey(row)) ?? 0) })) ?? null;
}

type Moved = { source: string; allotment: string; moved: number };

function movedShares(rows: readonly ShareRow[], changes: readonly Change[]): Moved[] {
  const moved = new Map<string, Moved>();
  for (const { source, allotment } of rows)
    moved.set(shareKey({ source, allotment }), { source, allotment, moved: 0 });
  for (const { kind, row } of changes.filter(movesSeat)) {
    const known = moved.get(shareKey(row));
    if (known) known.moved += kind === "add" ? 1 : -1;
  }
  return [...moved.values()].filter((one) => one.moved !== 0);
}

function shareKey({ source, allotment }: Pick<ShareRow, "source" | "allotment">): string {
  return JSON.stringify([source, allotment]);
}
