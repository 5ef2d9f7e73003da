import type { Feature } from "@/domain/licenses/features";
import { HAS_CALLED } from "@/server/store/deployment-filters";
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

export async function deploymentsWithout(license: string, feature: Feature): Promise<DeploymentsWithout> {
  const where = { license, NOT: { features: { has: feature } }, ...HAS_CALLED };
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
