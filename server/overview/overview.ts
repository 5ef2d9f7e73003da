import { seatDays } from "@/domain/assignments/seat-days";
import { byUrgency, type Need, needsOf } from "@/domain/licenses/attention";
import { nameKey } from "@/domain/licenses/definition";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import { isServing } from "@/domain/licenses/license-state";
import { endsByMonth, type MonthEnds, worstFirst } from "@/domain/licenses/license-summary";
import { addDays, addMonths, dayOf, monthOf } from "@/domain/month";
import type { Principal } from "@/server/access/gate";
import { seatMoves } from "@/server/assignments/lists/seat-moves";
import { store } from "@/server/store/store";
import { type BoardRow, wholeBoard } from "./license-board";

/**
 * An allotment as its card shows it; `days` are the last ones, oldest first: the minutes used on each, or the seats
 * held at its end.
 */
export type CardAllotment = { pool: LicenseAllotment; days: number[] };

export type Overview = {
  licenses: number;
  /** The number of the license, if there is exactly one. */
  only: string | null;
  /** How many licenses need attention. */
  needy: number;
  /** How many of the others are in force: neither stopped nor expired. */
  healthy: number;
  needs: { row: BoardRow; need: Need }[];
  /** How many active licenses have their last day in each of the next months, starting with all of this one. */
  ends: MonthEnds[];
  cards: { row: BoardRow; pools: CardAllotment[] }[];
};

const MONTHS = 12;
const CARDS = 12;
const SPARK_DAYS = 30;

/** The overview for a principal, most urgent first. */
export async function overview(principal: Principal, now: Date): Promise<Overview> {
  const { rows, needs } = await needsAmongAll(principal, now);
  const needy = new Set(needs.map(({ row }) => row.number));
  return {
    licenses: rows.length,
    only: rows.length === 1 ? (rows[0]?.number ?? null) : null,
    needy: needy.size,
    healthy: rows.filter((row) => isServing(row.status, row.standing) && !needy.has(row.number)).length,
    needs,
    ends: endsByMonth(rows, now, MONTHS),
    cards: await cardsOf(
      worstFirst(
        rows,
        needs.map(({ row }) => row),
      ).slice(0, CARDS),
      now,
    ),
  };
}

/** All licenses that a principal can see, and their needs, most urgent first. */
export async function needsAmongAll(
  principal: Principal,
  now: Date,
): Promise<{ rows: BoardRow[]; needs: Overview["needs"] }> {
  const rows = await wholeBoard(principal, {}, now);
  const needs = rows.flatMap((row) => needsOf(row.glance, now).map((need) => ({ row, need })));
  return { rows, needs: byUrgency(needs) };
}

type DayRow = { license: string; allotment: string; day: Date; consumed: bigint };

async function cardsOf(rows: BoardRow[], now: Date): Promise<Overview["cards"]> {
  const numbers = rows.map(({ number }) => number);
  const today = dayOf(now);
  const [used, moves] = await Promise.all([
    usedDays(numbers, now),
    seatMoves(numbers, addDays(today, 1 - SPARK_DAYS)),
  ]);
  const daysOf = (number: string, allotment: LicenseAllotment): number[] => {
    const key = nameKey(allotment.name);
    if (allotment.class === "assigned")
      return seatDays(allotment.live, moves.get(`${number} ${key}`) ?? [], today, SPARK_DAYS).days;
    return sparkDays(
      used.filter(({ license, allotment }) => license === number && allotment === key),
      today,
    );
  };
  return rows.map((row) => ({
    row,
    pools: row.glance.pools.map((allotment) => ({ pool: allotment, days: daysOf(row.number, allotment) })),
  }));
}

function sparkDays(used: readonly DayRow[], today: string): number[] {
  const byDay = new Map(used.map(({ day, consumed }) => [dayOf(day), Number(consumed)]));
  return Array.from({ length: SPARK_DAYS }, (_, i) => byDay.get(addDays(today, i + 1 - SPARK_DAYS)) ?? 0);
}

/** One row per day and allotment, over the two or three months that include the last 30 days. */
function usedDays(numbers: string[], now: Date): Promise<DayRow[]> {
  const from = addDays(dayOf(now), 1 - SPARK_DAYS);
  const month = monthOf(now);
  const months = [addMonths(month, -2), addMonths(month, -1), month];
  return store().db.$queryRaw<DayRow[]>`
    SELECT license, allotment, day, sum(consumed)::bigint AS consumed FROM usage_day
    WHERE license = ANY (${numbers}) AND month = ANY (${months}) AND day >= ${from}::date
    GROUP BY license, allotment, day ORDER BY day`;
}
