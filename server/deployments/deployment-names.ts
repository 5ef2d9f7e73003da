import { store } from "@/server/store/store";

/** The names that people gave to deployments, by source; those without a name are left out. */
export async function deploymentNames(license: string, sources: string[]): Promise<Map<string, string>> {
  const rows = await store().db.deployment.findMany({
    where: { license, source: { in: sources }, name: { not: null } },
    select: { source: true, name: true },
  });
  return new Map(rows.flatMap(({ source, name }) => (name ? [[source, name] as const] : [])));
}
