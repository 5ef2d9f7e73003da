import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import type { LicenseHealth } from "@/domain/licenses/license-summary";
import type { Asks } from "./license-tabs";

/** The counts that tabs show for things that need attention. */
export function licenseAsks(
  pools: LicenseAllotment[],
  { requested }: Pick<LicenseHealth, "requested">,
): Asks {
  const excess = pools.map((allotment) =>
    allotment.class === "assigned" ? Math.max(0, allotment.live - allotment.units) : 0,
  );
  const sum = excess.reduce((all, one) => all + one, 0);
  return {
    "/assignments": sum > 0 ? { state: "excess", count: sum } : undefined,
    "/deployments": requested ? { state: "waiting", count: requested.sites } : undefined,
  };
}
