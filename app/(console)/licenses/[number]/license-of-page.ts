import { notFound } from "next/navigation";
import { cache } from "react";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import type { LicenseHealth } from "@/domain/licenses/license-summary";
import type { Action } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { allowedOn, seen } from "@/server/identity/session";
import type { License } from "@/server/licenses/license";
import { licenseByNumber } from "@/server/licenses/licenses";
import { licenseHealthOf } from "@/server/overview/license-summaries";

/** A license and its health at one moment. */
type LicenseNow = { license: License; glance: LicenseHealth; pools: LicenseAllotment[]; now: Date };

export type NumberParams = { params: Promise<{ number: string }> };

/** The gate of a license's page; returns the license. */
export async function licenseOfPage(
  { params }: NumberParams,
  action: Action,
): Promise<{ who: Principal } & LicenseNow> {
  const number = parseLicenseNumber((await params).number);
  if (!number) notFound();
  const who = await allowedOn(number, action);
  return { who, ...(await readLicense(number)) };
}

/** Cached per request, so that header and page show the same moment. */
const readLicense = cache(async (number: string): Promise<LicenseNow> => {
  const now = new Date();
  const license = await seen(() => licenseByNumber(number, now));
  const glance = await licenseHealthOf(license, now);
  return { license, glance, pools: glance.pools, now };
});
