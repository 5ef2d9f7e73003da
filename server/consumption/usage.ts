import { type DayUse, type Forecast, forecast, paceDays } from "@/domain/consumption/forecast";
import { type MonthWhy, monthWhy } from "@/domain/consumption/month-why";
import {
  capOf,
  type Grant,
  grantSoFar,
  type MonthState,
  monthGrant,
  monthStatus,
} from "@/domain/consumption/quota";
import { allotmentNamed, type Era, nameKey, type Overage } from "@/domain/licenses/definition";
import { type ValidityStatus, validityStatus } from "@/domain/licenses/lease";
import { addMonths, dayOf, type Month, monthEnd, monthOf, monthStart } from "@/domain/month";
import { nothingHere } from "@/domain/refusals/refusal";
import { erasOf } from "@/server/licenses/definitions";
import { promisedUnits } from "@/server/licenses/promised-units";
import { reading, store } from "@/server/store/store";
import { holdOf } from "./leases/lease-hold";

export type MonthUsage = { month: Month; allotments: AllotmentUsage[] };

/** The figures of one month of an allotment. */
export type MonthFigures = {
  quota: number;
  overage: Overage;
  total: number;
  /** Minutes that checkouts and minute leases reserve beside the total: others can't use them. */
  reserved: number;
  /** The part of the total that no minute lease paid for. */
  unleased: number;
  /** The largest cap of the month up to now, and what of it is neither used nor reserved; null without a cap. */
  capSoFar: number | null;
  free: number | null;
  /** Until when no minutes are granted, since the store was restored; only of a bounded license. */
  hold?: string;
  remaining: number | null;
  state: MonthState;
  denied: boolean;
  /** The periods of the month, and which one sets quota and overage. */
  why: MonthWhy[];
  forecast: Forecast | null;
};

/** One month of an allotment with its totals, sources and days. */
export type AllotmentUsage = MonthFigures & {
  name: string;
  bySource: { source: string; consumed: number }[];
  byDay: { day: string; source: string; consumed: number }[];
};

/** The grant and the usage of some months. */
export type MonthHistory = { month: Month; allotments: (Grant & { name: string; total: number })[] };

/** The definitions of a license, and its grace days. */
type LicenseEras = { eras: Era[]; graceDays: number };

/** The stored numbers of a month. */
type MonthCount = { total: number; leased: number; reserved: number };

/** A time allotment: its name, and the key by which its usage is stored. */
export type Meter = { key: string; name: string };
type DayRow = { allotment: string; month: Month; day: string; source: string; consumed: number };

/** The month's usage of every time allotment, including dropped ones with usage or a grant. */
export async function monthUsage(license: string, month: Month, now: Date): Promise<MonthUsage> {
  const terms = await termsOfLicense(license, now);
  const { eras } = terms;
  const [meters, totals, sources, days, promised] = await Promise.all([
    metersOf(license),
    reading().db.usageMonth.findMany({ where: { license, month } }),
    reading().db.usage.findMany({ where: { license, month }, orderBy: { source: "asc" } }),
    readDays(license, month, now),
    promisedUnits([license], now, month),
  ]);
  const totalOf = new Map(totals.map((row) => [row.allotment, row]));
  const usageOf = ({ key, name }: Meter): AllotmentUsage => {
    const mine = days.filter(({ allotment }) => allotment === key);
    const { total, leased } = totalOf.get(key) ?? { total: 0, leased: 0 };
    const counted = {
      total: Number(total),
      leased: Number(leased),
      reserved: promised.reserved(license, key),
    };
    return {
      ...monthOfAllotment(terms, name, month, counted, mine, now),
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

/** The `count` months up to `until`, oldest first, of every time allotment; two queries for any number. */
export async function usageHistory(license: string, until: Month, count: number): Promise<MonthHistory[]> {
  const { eras } = await erasOfLicense(license);
  const months = Array.from({ length: count }, (_, i) => addMonths(until, i + 1 - count));
  const [meters, totals] = await Promise.all([
    metersOf(license),
    reading().db.usageMonth.findMany({ where: { license, month: { in: months } } }),
  ]);
  const totalOf = new Map(totals.map((row) => [`${row.month} ${row.allotment}`, Number(row.total)]));
  return months.map((month) => ({
    month,
    allotments: inOrder(meters, eras).map(({ key, name }) => {
      const grant = monthGrant(eras, name, month);
      const total = totalOf.get(`${month} ${key}`) ?? 0;
      return { name, ...grant, total };
    }),
  }));
}

/** The time allotments that a license has or had, in the order of its definition. */
export async function meteredAllotments(license: string): Promise<Meter[]> {
  const [{ eras }, meters] = await Promise.all([erasOfLicense(license), metersOf(license)]);
  return inOrder(meters, eras);
}

function metersOf(license: string): Promise<Meter[]> {
  return store().db.allotment.findMany({
    where: { licenseNumber: license, class: "time" },
    select: { key: true, name: true },
  });
}

/** A month of a time allotment, from the days of its usage. */
export function monthOfAllotment(
  terms: LicenseEras & { hold: Date | null },
  name: string,
  month: Month,
  { total, leased, reserved }: MonthCount,
  days: readonly DayUse[],
  now: Date,
) {
  const grant = monthGrant(terms.eras, name, month);
  const capSoFar = capOf(grantSoFar(terms.eras, name, month, now));
  return {
    name,
    ...grant,
    ...{ total, reserved, unleased: total - leased, capSoFar },
    free: capSoFar === null ? null : Math.max(0, capSoFar - total - reserved),
    ...(terms.hold ? { hold: terms.hold.toISOString() } : {}),
    ...monthStatus(grant, total, statusAt(terms, now)),
    why: monthWhy(terms.eras, name, month),
    forecast: forecast({ grant, total, days, month, today: dayOf(now) }),
  };
}

/** The definitions of a license, its grace days, and until when its minutes are held after a restore. */
export async function termsOfLicense(
  number: string,
  now: Date,
): Promise<LicenseEras & { hold: Date | null }> {
  const [terms, hold] = await Promise.all([erasOfLicense(number), holdOf(number, now)]);
  return { ...terms, hold };
}

async function erasOfLicense(number: string): Promise<LicenseEras> {
  const row = await store().db.license.findUnique({
    where: { number },
    select: { definitionId: true, graceDays: true },
  });
  if (!row) throw nothingHere();
  return { eras: await erasOf(number, row.definitionId), graceDays: row.graceDays };
}

function statusAt({ eras, graceDays }: LicenseEras, now: Date): ValidityStatus {
  return validityStatus(eras.at(-1)?.definition.valid ?? "", now, graceDays);
}

/** In the order of the definition, then the dropped ones by name. */
function inOrder(meters: Meter[], eras: Era[]): Meter[] {
  const listed = eras.at(-1)?.definition.allotments.map(({ name }) => nameKey(name)) ?? [];
  const rank = ({ key }: Meter) => {
    const index = listed.indexOf(key);
    return index < 0 ? listed.length : index;
  };
  return meters.toSorted((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
}

/** The days of the month; for the running month also the days before it that the forecast needs. */
async function readDays(license: string, month: Month, now: Date): Promise<DayRow[]> {
  const first = `${month}-01`;
  const back = paceDays(dayOf(now)).from;
  const from = month === monthOf(now) && back < first ? new Date(back) : monthStart(month);
  const rows = await reading().db.usageDay.findMany({
    where: { license, day: { gte: from, lt: monthEnd(month) } },
    orderBy: [{ day: "asc" }, { source: "asc" }],
  });
  return rows.map(({ allotment, month: of, day, source, consumed }) => {
    return { allotment, month: of, day: dayOf(day), source, consumed: Number(consumed) };
  });
}
