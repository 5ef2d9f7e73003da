import { join } from "node:path";
import { isReady, type RunningServer, startServer } from "@/e2e/server";
import { accountToRunAs } from "@/scripts/postgres";
import { deploymentOn, manage, totalOf } from "./deployment";
import type { Scenario, Stage } from "./scenario";
import { onPostgres, ownPostgres, serve, stacksIn } from "./serve";
import { type SmallDisk, smallDisk } from "./small-disk";
import { until } from "./until";

const EMBEDDED_SIZE = "200m";
const TABLESPACE_SIZE = "60m";

/** The disk of the embedded store is full, and then has room again. */
export const diskFull: Scenario = {
  name: "disk full, embedded store",
  needs: [],
  needsRoot: true,
  async run(stage) {
    const disk = smallDisk(stage, EMBEDDED_SIZE);
    const server = await startServer({ DATA_DIR: join(disk.folder, "data"), LOG_LEVEL: "warn" });
    stage.atEnd(() => server.kill());
    await survives(stage, server, disk);
  },
};

/** The same fault for PostgreSQL, with its tables on a disk of their own. */
export const postgresDiskFull: Scenario = {
  name: "disk full, PostgreSQL",
  needs: [],
  needsRoot: true,
  async run(stage) {
    const disk = smallDisk(stage, TABLESPACE_SIZE, accountToRunAs());
    const postgres = await ownPostgres(stage);
    await onPostgres(postgres, `CREATE TABLESPACE small LOCATION '${disk.folder}'`);
    await onPostgres(postgres, "CREATE DATABASE signet TABLESPACE small");
    await survives(stage, await serve(stage, postgres.url("signet")), disk);
  },
};

async function survives({ check }: Stage, server: RunningServer, disk: SmallDisk): Promise<void> {
  const deployment = await deploymentOn(server);
  const first = await deployment.report(server.door, 1);
  check("a report is counted before", first.status === 200, first);

  disk.fill();
  const told = [];
  for (let nth = 0; nth < 400 && told.at(-1)?.status !== 503; nth += 1)
    told.push(await manage(server, "POST", "/customers", { name: `Full ${nth} ${"x".repeat(150)}` }));
  const full = told.at(-1);
  check("a change is 503 STORE_UNAVAILABLE once the disk is full", full?.code === "STORE_UNAVAILABLE", full);
  check(
    "nothing is 500",
    told.every(({ status }) => status !== 500),
    told.filter(({ status }) => status === 500),
  );
  check("/ready fails", await until(async () => !(await isReady(server.door)), 5000));

  disk.empty();
  check("/ready recovers", await until(() => isReady(server.door)));
  const again = await deployment.report(server.door, 2);
  check("a report succeeds again", again.status === 200, again);
  const total = await totalOf(server, deployment);
  check("each report counted once", total === 10, total);
  check("nothing was logged with a stack", stacksIn(server).length === 0, stacksIn(server));
}
