import type { Feature } from "@/domain/licenses/features";
import { silence } from "@/domain/licenses/license-summary";
import { OFFLINE } from "@/server/store/deployment-filters";
import { store } from "@/server/store/store";

/** Deployments that don't announce a feature: how many, and the first of them, the last seen first. */
export type DeploymentsWithout = {
  count: number;
  items: {
    source: string;
    name: string | null;
    product: string | null;
    version: string | null;
    lastSeen: Date;
  }[];
};

const SHOWN = 20;

/** The deployments of a license that didn't announce a feature when they called last; without those long gone or offline. */
export async function deploymentsWithout(
  license: string,
  feature: Feature,
  now: Date,
): Promise<DeploymentsWithout> {
  const where = {
    ...{ license, lastSeen: { gte: silence(now).gone } },
    NOT: [{ features: { has: feature } }, OFFLINE],
  };
  const { deployment } = store().db;
  const [count, items] = await Promise.all([
    deployment.count({ where }),
    deployment.findMany({
      where,
      select: { source: true, name: true, product: true, version: true, lastSeen: true },
      orderBy: [{ lastSeen: "desc" }, { source: "asc" }],
      take: SHOWN,
    }),
  ]);
  return { count, items };
}
