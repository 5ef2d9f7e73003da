import { store } from "@/server/store/store";

/** A deployment that assigned seats to a user, or asked for one. */
export type UserDeployment = {
  license: string;
  source: string;
  /** As an admin named it. */
  name: string | null;
  product: string | null;
  lastSeen: Date;
};

type Trace = { license: string; source: string };

/** The deployments behind the traces of a user, the last seen first; admins are none. */
export async function userDeployments(traces: readonly Trace[]): Promise<UserDeployment[]> {
  const wanted = new Set(traces.map(keyOf));
  const rows = await store().db.deployment.findMany({
    where: {
      license: { in: [...new Set(traces.map(({ license }) => license))] },
      source: { in: [...new Set(traces.map(({ source }) => source))] },
    },
    select: { license: true, source: true, name: true, product: true, lastSeen: true },
    orderBy: [{ lastSeen: "desc" }, { source: "asc" }],
  });
  return rows.filter((row) => wanted.has(keyOf(row)));
}

function keyOf({ license, source }: Trace): string {
  return `${license} ${source}`;
}
