import { store } from "@/server/store/store";

/** The deployments of a license, as one chooses among them: those that were here last first. */
export async function deploymentSources(
  license: string,
  most: number,
): Promise<{ source: string; name: string | null }[]> {
  return store().db.deployment.findMany({
    where: { license },
    select: { source: true, name: true },
    orderBy: { lastSeen: "desc" },
    take: most,
  });
}
