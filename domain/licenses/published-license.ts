import type { Definition } from "./definition";
import type { ValidityStatus } from "./lease";
import type { LicenseAllotment } from "./license-allotments";
import { parseValidity } from "./validity";

export type PublishedStatus = "Ok" | "Blacklisted" | "Expired";

/** An allotment of the published overview: seats held now, or minutes of this month. `overage` is -1 without a cap. */
export type PublishedAllotment = {
  name: string;
  units: number;
  unitsUsed: number;
  usageClass: string;
  overage?: number;
};

/** A license in its grace days still works, so it is `Ok`; a suspended or revoked one is `Blacklisted`. */
export function publishedStatus(
  status: "active" | "suspended" | "revoked",
  standing: ValidityStatus,
): PublishedStatus {
  if (status !== "active") return "Blacklisted";
  return standing === "expired" ? "Expired" : "Ok";
}

export function publishedAllotment(allotment: LicenseAllotment): PublishedAllotment {
  const { name, class: usageClass } = allotment;
  if (allotment.class === "assigned")
    return { name, units: allotment.units, unitsUsed: allotment.live, usageClass };
  const { quota, total, overage } = allotment;
  return { name, units: quota, unitsUsed: total, overage: overage === "YES" ? -1 : overage, usageClass };
}

/** Parameters without the products that they are for. */
export function publishedParameters({ parameters }: Definition) {
  return parameters.map(({ products: _, ...parameter }) => parameter);
}

/** The end of validity as the published API tells it: absent without one. */
export function validUntil(valid: string): { latestValidTime?: string } {
  const end = parseValidity(valid)?.to;
  return end ? { latestValidTime: end.toISOString() } : {};
}
