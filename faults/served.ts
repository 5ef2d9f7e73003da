import { isReady, type RunningServer } from "@/e2e/server";
import type { OwnPostgres } from "@/scripts/postgres";
import { type Deployment, deploymentOn, totalOf } from "./deployment";
import type { Stage } from "./scenario";
import { ownPostgres, serve, stacksIn } from "./serve";
import { until } from "./until";

/** A server on a database of its own, with a license. */
export type Served = { postgres: OwnPostgres; server: RunningServer; site: Deployment };

export async function served(stage: Stage): Promise<Served> {
  const postgres = await ownPostgres(stage);
  const server = await serve(stage, postgres.url());
  return { postgres, server, site: await deploymentOn(server) };
}

/** The fault has ended: the refused report succeeds when it is sent again, and each of `reports` counted once. */
export async function goesOn({ check }: Stage, { server, site }: Served, reports: number): Promise<void> {
  check("/ready recovers", await until(() => isReady(server.door)));
  const again = await site.report(server.door, reports);
  check("the report succeeds when it is sent again", again.status === 200, again);
  const total = await totalOf(server, site);
  check("each report counted once", total === 5 * reports, total);
  check("nothing was logged with a stack", stacksIn(server).length === 0, stacksIn(server));
}
