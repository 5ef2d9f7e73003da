import {
  type PublishedStatus,
  publishedAllotment,
  publishedParameters,
  publishedStatus,
  validUntil,
} from "@/domain/licenses/published-license";
import { nothingHere } from "@/domain/refusals/refusal";
import { erasOf } from "@/server/licenses/definitions";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { licenseByNumber } from "@/server/licenses/licenses";
import { store } from "@/server/store/store";

/** What both the overview and the status tell. Signet's licenses come from itself, so their origin is internal. */
async function commonOf(license: string, now: Date) {
  const { product, status, standing, valid, trial, ...rest } = await licenseByNumber(license, now);
  const published: PublishedStatus = publishedStatus(status, standing);
  return {
    common: { product, origin: "Internal" as const, status: published, trial, valid },
    status,
    ...rest,
  };
}

export async function licenseStatus(license: string, now: Date) {
  const { common, status } = await commonOf(license, now);
  const extensionStatus = "Unavailable" as const;
  return { type: "Signed" as const, ...common, extensionStatus, deactivated: status !== "active" };
}

/** The license with its allotments; `licenseKey` is the id of its newest key, never the key. */
export async function licenseOverview(license: string, now: Date) {
  const { common, definition, version, updated } = await commonOf(license, now);
  const [allotments, licenseKey, changed] = await Promise.all([
    allotmentsByLicense([license], now),
    newestKey(license),
    definedSince(license),
  ]);
  return {
    licenseKey,
    licenseNumber: license,
    secondaryNumber: "",
    ...common,
    version,
    updated: updated.toISOString(),
    changeTime: changed.toISOString(),
    ...validUntil(common.valid),
    allotments: (allotments.get(license) ?? []).map(publishedAllotment),
    parameters: publishedParameters(definition),
  };
}

async function newestKey(license: string): Promise<string> {
  const key = await store().db.signedKey.findFirst({
    where: { licenseNumber: license, revokedAt: null },
    orderBy: [{ issuedAt: "desc" }, { jti: "desc" }],
    select: { jti: true },
  });
  return key?.jti ?? "";
}

async function definedSince(license: string): Promise<Date> {
  const row = await store().db.license.findUnique({
    where: { number: license },
    select: { definitionId: true, createdAt: true },
  });
  if (!row) throw nothingHere();
  return (await erasOf(license, row.definitionId)).at(-1)?.from ?? row.createdAt;
}
