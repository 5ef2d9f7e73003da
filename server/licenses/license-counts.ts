import { store } from "@/server/store/store";

/** How many usable keys a license has, how many deployments, and how many of those have suspicions. */
export async function licenseCounts(
  license: string,
): Promise<{ keys: number; deployments: number; suspicious: number }> {
  const { db } = store();
  const withdrawn = await db.signingKey.findMany({ where: { status: "withdrawn" }, select: { kid: true } });
  const kid = { notIn: withdrawn.map((key) => key.kid) };
  const [keys, deployments, suspicious] = await Promise.all([
    db.signedKey.count({ where: { licenseNumber: license, revokedAt: null, kid } }),
    db.deployment.count({ where: { license } }),
    db.deployment.count({ where: { license, NOT: { evidence: { equals: {} } } } }),
  ]);
  return { keys, deployments, suspicious };
}
