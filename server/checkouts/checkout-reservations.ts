import { capOf, monthGrant } from "@/domain/consumption/quota";
import {
  type Allotment,
  allotmentNamed,
  type Definition,
  nameKey,
  unitsInForce,
} from "@/domain/licenses/definition";
import { type Month, monthOf } from "@/domain/month";
import type { ShareWish } from "@/domain/offline/checkout";
import { reservedFrom } from "@/domain/offline/shares";
import { type FieldError, Refusal } from "@/domain/refusals/refusal";
import type { License as LicenseRow } from "@/prisma/client/client";
import { erasIn } from "@/server/licenses/definition-corrections";
import { promisedUnits } from "@/server/licenses/promised-units";
import type { Tx } from "@/server/store/store";

/** The holder of a checkout's shares, and until when. */
export type Reservation = { checkout: string; source: string; since: Date; until: Date };

/** The errors in wanted shares. `seen` is the definition that the product sees. */
export function shareErrors(shares: readonly ShareWish[], seen: Definition): FieldError[] {
  const keys = shares.map(({ allotment }) => nameKey(allotment));
  return shares.flatMap(({ allotment }, i) => {
    const pointer = `/shares/${i}/allotment`;
    if (!allotmentNamed(seen, allotment))
      return { code: "UNKNOWN_ALLOTMENT", title: `This product has no allotment ${allotment}.`, pointer };
    if (keys.indexOf(keys[i] ?? "") === i) return [];
    return { code: "DUPLICATE_ALLOTMENT", title: `There is already a share of ${allotment}.`, pointer };
  });
}

/** Reserves shares under the lock of the license. Throws `NO_AVAILABLE_UNITS` if one isn't free now. */
export async function reserveShares(
  tx: Tx,
  license: LicenseRow,
  definition: Definition,
  shares: readonly ShareWish[],
  reservation: Reservation,
): Promise<void> {
  const { number } = license;
  for (const share of shares) {
    const allotment = allotmentNamed(definition, share.allotment);
    if (!allotment) continue;
    const live = await reserve(tx, license, allotment, share.units, reservation);
    const { checkout, source, since, until } = reservation;
    await tx.checkoutShare.create({
      data: {
        license: number,
        checkout,
        source,
        since,
        until,
        allotment: nameKey(allotment.name),
        units: share.units,
        live,
      },
    });
  }
  await noteShares(tx, number);
}

/** Releases the shares of a checkout. */
export async function releaseShares(tx: Tx, license: string, checkout: string): Promise<void> {
  const { count } = await tx.checkoutShare.deleteMany({ where: { license, checkout } });
  if (count > 0) await noteShares(tx, license);
}

/** Deletes the shares of checkouts that have ended, under the lock of the license. */
export async function forgetEndedShares(tx: Tx, license: string, now: Date): Promise<void> {
  await tx.checkoutShare.deleteMany({ where: { license, until: { lte: now } } });
  await noteShares(tx, license);
}

/** The license has the end of the last share, so that statements need not look for shares. */
async function noteShares(tx: Tx, license: string): Promise<void> {
  const { _max } = await tx.checkoutShare.aggregate({ where: { license }, _max: { until: true } });
  await tx.license.update({ where: { number: license }, data: { sharesUntil: _max.until } });
}

/** Returns how many live seats the source has of the allotment; 0 for minutes. */
async function reserve(
  tx: Tx,
  license: LicenseRow,
  allotment: Allotment,
  units: number,
  reservation: Reservation,
): Promise<number> {
  if (allotment.usage.class === "assigned") return reserveSeats(tx, license, allotment, units, reservation);
  await reserveMinutes(tx, license, allotment, units, reservation);
  return 0;
}

async function reserveSeats(
  tx: Tx,
  { number }: LicenseRow,
  allotment: Allotment,
  units: number,
  { source, since: now }: Reservation,
): Promise<number> {
  const key = nameKey(allotment.name);
  const own = await tx.assignment.count({
    where: { license: number, allotment: key, source, deleted: null },
  });
  const row = await tx.allotment.findUnique({ where: { licenseNumber_key: { licenseNumber: number, key } } });
  const promised = await promisedUnits([number], now, monthOf(now), tx);
  const taken = (row?.live ?? 0) + reservedFrom(source, promised.of(number, key)) - own;
  const free = unitsInForce(allotment, now) - taken;
  if (units > free) throw notFree(allotment.name, units, free, "seats are free now");
  return own;
}

async function reserveMinutes(
  tx: Tx,
  { number }: LicenseRow,
  { name }: Allotment,
  units: number,
  { source, since: now }: Reservation,
): Promise<void> {
  const [allotment, month] = [nameKey(name), monthOf(now)];
  const cap = capOf(monthGrant(await erasIn(tx, number), name, month));
  if (cap === null) return;
  const place = { license: number, allotment, month };
  const booked = await lockedMonth(tx, place);
  const own = await tx.usage.findUnique({
    where: { license_allotment_month_source: { ...place, source } },
  });
  const promised = await promisedUnits([number], now, month, tx);
  const taken = Number(booked.total + booked.reserved - (own?.consumed ?? 0n));
  const free = cap - taken - reservedFrom(source, promised.of(number, allotment));
  if (units > free) throw notFree(name, units, free, "minutes of this month are free now");
}

/** The row of a month, locked: minutes that leases reserve at the same time wait. */
async function lockedMonth(
  tx: Tx,
  { license, allotment, month }: { license: string; allotment: string; month: Month },
) {
  const [row] = await tx.$queryRaw<{ total: bigint; reserved: bigint }[]>`
    INSERT INTO usage_month (license, allotment, month) VALUES (${license}, ${allotment}, ${month})
    ON CONFLICT (license, allotment, month) DO UPDATE SET total = usage_month.total RETURNING total, reserved`;
  return row ?? { total: 0n, reserved: 0n };
}

function notFree(allotment: string, units: number, free: number, what: string): Refusal {
  const sentence = `A share of ${units} isn't possible: only ${Math.max(0, free)} ${allotment} ${what}. Nothing was issued.`;
  return new Refusal("NO_AVAILABLE_UNITS", sentence, { conflict: true });
}
