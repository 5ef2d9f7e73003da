import { HAS_CALLED } from "@/server/store/deployment-filters";
import { store } from "@/server/store/store";

/** The facts of a deployment that asked for dual use, once it has joined. */
export type KnownDeployment = {
  name: string | null;
  product: string | null;
  features: string[];
  lastSeen: Date;
};

/** The sources among these that are deployments of the license and have called it. */
export async function deploymentsBySource(
  license: string,
  sources: string[],
): Promise<Map<string, KnownDeployment>> {
  const rows = await store().db.deployment.findMany({
    where: { license, source: { in: sources }, ...HAS_CALLED },
    select: { source: true, name: true, product: true, features: true, lastSeen: true },
  });
  return new Map(rows.map(({ source, ...deployment }) => [source, deployment]));
}
