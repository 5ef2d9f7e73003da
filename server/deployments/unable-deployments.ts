import type { Feature } from "@/domain/licenses/features";
import { silence } from "@/domain/licenses/license-summary";
import { OFFLINE } from "@/server/store/deployment-filters";
import { store } from "@/server/store/store";

/** Deployments that a setting would leave out: how many, and the first of them. */
export type UnableDeployments = { count: number; first: { source: string; name: string | null }[] };

const SHOWN = 10;

/** The deployments of a license that didn't announce a feature when they called last; without those long gone or offline. */
export async function unableDeployments(
  license: string,
  feature: Feature,
  now: Date,
): Promise<UnableDeployments> {
  const where = {
    ...{ license, lastSeen: { gte: silence(now).gone } },
    NOT: [{ features: { has: feature } }, OFFLINE],
  };
  const { deployment } = store().db;
  const [count, first] = await Promise.all([
    deployment.count({ where }),
    deployment.findMany({
      where,
      orderBy: [{ lastSeen: "desc" }, { source: "asc" }],
      take: SHOWN,
      select: { source: true, name: true },
    }),
  ]);
  return { count, first };
}
