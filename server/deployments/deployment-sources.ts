import { store } from "@/server/store/store";

/** The deployments of a license to choose from, last seen first. */
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
