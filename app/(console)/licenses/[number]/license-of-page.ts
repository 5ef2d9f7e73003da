import { notFound } from "next/navigation";
import { cache } from "react";
import { parseLicenseNumber } from "@/domain/license-number";
import type { LicensePool } from "@/domain/license-pools";
import type { Action } from "@/domain/roles";
import type { Principal } from "@/server/gate";
import { poolsByLicense } from "@/server/license-pools";
import { type License, licenseByNumber } from "@/server/licenses";
import { allowedOn, seen } from "@/server/session";

export type NumberParams = { params: Promise<{ number: string }> };

/** The gate of a page of one license, and the license that the page is about. */
export async function licenseOfPage(
  { params }: NumberParams,
  action: Action,
): Promise<{ who: Principal; license: License; pools: LicensePool[]; now: Date }> {
  const number = parseLicenseNumber((await params).number);
  if (!number) notFound();
  const who = await allowedOn(number, action);
  return { who, ...(await readLicense(number)) };
}

/** Once per request: the head and the page show the same moment. */
const readLicense = cache(async (number: string) => {
  const now = new Date();
  const license = await seen(() => licenseByNumber(number, now));
  const pools = (await poolsByLicense([number], now)).get(number) ?? [];
  return { license, pools, now };
});
