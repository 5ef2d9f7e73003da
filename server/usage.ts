import { allotmentNamed, type Era, nameKey, type Overage } from "@/domain/definition";
import { type Forecast, forecast, paceDays } from "@/domain/forecast";
import { addMonths, dayOf, type Month, monthEnd, monthOf, monthStart } from "@/domain/month";
import { denied, type Grant, monthGrant, remaining, type Standing, standing } from "@/domain/quota";
import { erasOf } from "./definitions";
import { nothingHere } from "./gate";
import { store } from "./store";

export type MonthUsage = { month: Month; allotments: AllotmentUsage[] };

/** How one month of an allotment stands, with the sources and days that it is made of. */
export type AllotmentUsage = {
  name: string;
  quota: number;
  overage: Overage;
  total: number;
  remaining: number | null;
  state: Standing;
  denied: boolean;
  forecast: Forecast | null;
  bySource: { source: string; consumed: number }[];
  byDay: { day: string; source: string; consumed: number }[];
};

/** How each of some months stood, or stands. */
export type MonthHistory = {
  month: Month;
  allotments: (Grant & { name: string; total: number; state: Standing })[];
};

/** A pool of minutes: its name, and the key by which its use is stored. */
export type Meter = { key: string; name: string };
type DayRow = { allotment: string; month: Month; day: string; source: string; consumed: number };

/** The month's usage of every metered allotment, those that a later definition dropped too if they were used or granted. */
export async function monthUsage(license: string, month: Month, now: Date): Promise<MonthUsage> {
  const eras = await erasOfLicense(license);
  const [meters, totals, sources, days] = await Promise.all([
    metersOf(license),
    store().db.usageMonth.findMany({ where: { license, month } }),
    store().db.usage.findMany({ where: { license, month }, orderBy: { source: "asc" } }),
    readDays(license, month, now),
  ]);
  const totalOf = new Map(totals.map(({ allotment, total }) => [allotment, Number(total)]));
  const usageOf = ({ key, name }: Meter): AllotmentUsage => {
    const mine = days.filter(({ allotment }) => allotment === key);
    return {
      ...standingOf(eras, name, month, totalOf.get(key) ?? 0, mine, now),
      bySource: sources
        .filter(({ allotment }) => allotment === key)
        .map(({ source, consumed }) => ({ source, consumed: Number(consumed) })),
      byDay: mine
        .filter((row) => row.month === month)
        .map(({ day, source, consumed }) => ({ day, source, consumed })),
    };
  };
  const latest = eras.at(-1)?.definition;
  const allotments = inOrder(meters, eras)
    .map((meter) => ({ meter, usage: usageOf(meter) }))
    .filter(
      ({ meter: { key, name }, usage }) =>
        (latest && allotmentNamed(latest, name)) || totalOf.has(key) || usage.quota > 0,
    );
  return { month, allotments: allotments.map(({ usage }) => usage) };
}

/** The `count` months that end with `until`, the oldest first, of every metered allotment; two queries for any number. */
export async function usageHistory(license: string, until: Month, count: number): Promise<MonthHistory[]> {
  const eras = await erasOfLicense(license);
  const months = Array.from({ length: count }, (_, i) => addMonths(until, i + 1 - count));
  const [meters, totals] = await Promise.all([
    metersOf(license),
    store().db.usageMonth.findMany({ where: { license, month: { in: months } } }),
  ]);
  const totalOf = new Map(totals.map((row) => [`${row.month} ${row.allotment}`, Number(row.total)]));
  return months.map((month) => ({
    month,
    allotments: inOrder(meters, eras).map(({ key, name }) => {
      const grant = monthGrant(eras, name, month);
      const total = totalOf.get(`${month} ${key}`) ?? 0;
      return { name, ...grant, total, state: standing(grant, total) };
    }),
  }));
}

/** The metered allotments that a license has or had, as its definition lists them. */
export async function meteredAllotments(license: string): Promise<Meter[]> {
  const [eras, meters] = await Promise.all([erasOfLicense(license), metersOf(license)]);
  return inOrder(meters, eras);
}

function metersOf(license: string): Promise<Meter[]> {
  return store().db.allotment.findMany({
    where: { licenseNumber: license, class: "time" },
    select: { key: true, name: true },
  });
}

function standingOf(eras: Era[], name: string, month: Month, total: number, days: DayRow[], now: Date) {
  const grant = monthGrant(eras, name, month);
  return {
    name,
    ...grant,
    total,
    remaining: remaining(grant, total),
    state: standing(grant, total),
    denied: denied(grant, total),
    forecast: forecast({ grant, total, days, month, today: dayOf(now) }),
  };
}

export async function erasOfLicense(number: string): Promise<Era[]> {
  const row = await store().db.license.findUnique({ where: { number }, select: { definitionId: true } });
  if (!row) throw nothingHere();
  return erasOf(number, row.definitionId);
}

/** As the definition lists them, then the dropped ones by name. */
function inOrder(meters: Meter[], eras: Era[]): Meter[] {
  const listed = eras.at(-1)?.definition.allotments.map(({ name }) => nameKey(name)) ?? [];
  const rank = ({ key }: Meter) => {
    const index = listed.indexOf(key);
    return index < 0 ? listed.length : index;
  };
  return meters.toSorted((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
}

/** The days of the month; for the running one also those before it that the forecast looks back to. */
async function readDays(license: string, month: Month, now: Date): Promise<DayRow[]> {
  const first = `${month}-01`;
  const back = paceDays(dayOf(now)).from;
  const from = month === monthOf(now) && back < first ? new Date(back) : monthStart(month);
  const rows = await store().db.usageDay.findMany({
    where: { license, day: { gte: from, lt: monthEnd(month) } },
    orderBy: [{ day: "asc" }, { source: "asc" }],
  });
  return rows.map(({ allotment, month: of, day, source, consumed }) => {
    return { allotment, month: of, day: dayOf(day), source, consumed: Number(consumed) };
  });
}
