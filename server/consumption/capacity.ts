import { looksOf } from "@/domain/consumption/burn-up";
import { addMonths, dayOf, daysInMonth, type Month, monthOf } from "@/domain/month";
import { promisedUnits } from "@/server/licenses/promised-units";
import { reading } from "@/server/store/store";
import { type Meter, type MonthFigures, monthOfAllotment, termsOfLicense } from "./usage";

/** The usage of one deployment in a month; `source` null stands for all the smaller ones together, `deployments` of them. */
export type Share = {
  source: string | null;
  name: string | null;
  deployments: number;
  total: number;
  days: number[];
  /** The index of its style in LOOKS; the others share the one after those. */
  look: number;
};

/** A month of one time allotment, with everything that its page shows. */
export type CapacityMonth = MonthFigures & {
  month: Month;
  allotment: string;
  /** The current day of the month; null if the month has ended. */
  today: number | null;
  /** The largest first, the others last. */
  shares: Share[];
  /** The usage of each day of the month before. */
  before: number[];
  /** The time of the reading. */
  at: string;
};

type DayRow = { month: Month; day: Date; source: string | null; consumed: bigint };

/** This many deployments have layers of their own. */
const LARGEST = 5;
const LOOKS = 6;

/** The usage of a time allotment in a month; the number of rows read depends on days and layers, not on deployments. */
export async function capacityMonth(
  license: string,
  { key, name }: Meter,
  month: Month,
  now: Date,
): Promise<CapacityMonth> {
  const earlier = addMonths(month, -1);
  const place = { license, allotment: key, month };
  const [terms, rows, stored, deployments, promised] = await Promise.all([
    termsOfLicense(license, now),
    dayRows(license, key, month, earlier),
    reading().db.usageMonth.findUnique({ where: { license_allotment_month: place } }),
    reading().db.usage.count({ where: { ...place, consumed: { gt: 0 } } }),
    promisedUnits([license], now, month),
  ]);
  const mine = rows.filter((row) => row.month === month);
  const total = sum(mine.map(({ consumed }) => Number(consumed)));
  const days = rows.map(({ day, consumed }) => ({ day: dayOf(day), consumed: Number(consumed) }));
  const counted = { total, leased: Number(stored?.leased ?? 0), reserved: promised.reserved(license, key) };
  const { name: _, ...allotment } = monthOfAllotment(terms, name, month, counted, days, now);
  return {
    month,
    allotment: name,
    ...allotment,
    today: monthOf(now) === month ? now.getUTCDate() : null,
    shares: await sharesOf(license, month, mine, deployments),
    before: perDay(
      rows.filter((row) => row.month === earlier),
      earlier,
    ),
    at: now.toISOString(),
  };
}

/** The last day on which an allotment was used before a month; null if it never was. */
export async function lastUse(license: string, { key }: Meter, month: Month): Promise<string | null> {
  const row = await reading().db.usageDay.findFirst({
    where: { license, allotment: key, month: { lt: month }, consumed: { gt: 0 } },
    orderBy: [{ month: "desc" }, { day: "desc" }],
    select: { day: true },
  });
  return row && dayOf(row.day);
}

/** The days of the largest sources separately, and of the others as one; all of the month before as one. */
function dayRows(license: string, allotment: string, month: Month, earlier: Month): Promise<DayRow[]> {
  return reading().db.$queryRaw<DayRow[]>`
    WITH largest AS (
      SELECT source FROM usage WHERE license = ${license} AND allotment = ${allotment} AND month = ${month} AND consumed > 0
      ORDER BY consumed DESC, source LIMIT ${LARGEST}
    )
    SELECT d.month, d.day, l.source, sum(d.consumed)::bigint AS consumed
    FROM usage_day d LEFT JOIN largest l ON d.month = ${month} AND l.source = d.source
    WHERE d.license = ${license} AND d.allotment = ${allotment} AND d.month IN (${month}, ${earlier})
    GROUP BY d.month, d.day, l.source ORDER BY d.day`;
}

async function sharesOf(
  license: string,
  month: Month,
  rows: DayRow[],
  deployments: number,
): Promise<Share[]> {
  const named = new Set(rows.flatMap(({ source }) => (source === null ? [] : [source])));
  const known = await placesOf(license, [...named]);
  const shareOf = (source: string | null) => {
    const days = perDay(
      rows.filter((row) => row.source === source),
      month,
    );
    return { source, name: known.get(source ?? "")?.name ?? null, total: sum(days), days };
  };
  const largest = [...named].map(shareOf).toSorted((a, b) => b.total - a.total);
  const places = largest.map(({ source }) => known.get(source ?? "")?.place ?? 0);
  const looks = looksOf(places, LOOKS);
  const others = { ...shareOf(null), deployments: deployments - named.size, look: LOOKS };
  return [
    ...largest.map((share, i) => ({ ...share, deployments: 1, look: looks[i] ?? 0 })),
    ...(others.total > 0 ? [others] : []),
  ];
}

type Place = { source: string; name: string | null; place: number };

/** The names of sources, and their positions in the order of first contact with the license. */
async function placesOf(license: string, sources: string[]): Promise<Map<string, Place>> {
  const rows = await reading().db.$queryRaw<Place[]>`
    SELECT d.source, d.name, (SELECT count(*)::int FROM deployment o WHERE o.license = d.license
      AND (o.first_seen, o.source) < (d.first_seen, d.source)) AS place
    FROM deployment d WHERE d.license = ${license} AND d.source = ANY (${sources})`;
  return new Map(rows.map((row) => [row.source, row]));
}

function perDay(rows: DayRow[], month: Month): number[] {
  const days = Array.from({ length: daysInMonth(month) }, () => 0);
  for (const { day, consumed } of rows) {
    const index = day.getUTCDate() - 1;
    days[index] = (days[index] ?? 0) + Number(consumed);
  }
  return days;
}

function sum(values: number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
