import { isReady, type RunningServer } from "@/e2e/server";
import { balanced } from "./balanced";
import { type Deployment, deploymentOn, type Reply, totalOf } from "./deployment";
import type { Scenario } from "./scenario";
import { ownPostgres, settingsFor } from "./serve";
import { until } from "./until";

const SITES = 8;

/** Two servers behind HAProxy with the configuration that we publish; each ends by SIGTERM while products report. */
export const rollingRestart: Scenario = {
  name: "rolling restart behind HAProxy",
  needs: ["haproxy"],
  async run(stage) {
    const { check } = stage;
    const postgres = await ownPostgres(stage);
    const settings = { ...settingsFor(postgres.url()), SHUTDOWN_GRACE: "10", LOG_LEVEL: "info" };
    const { door, servers, server, restart } = await balanced(stage, settings, 2);
    check("a server is ready through it", await until(() => isReady(door), 15_000));
    const sites = [];
    for (let nth = 0; nth < SITES; nth += 1) sites.push(await deploymentOn(server(0)));
    const load = sites.map((deployment) => reporting(deployment, door));
    for (const which of [0, 1]) {
      const other = server(1 - which);
      check("both serve", await until(async () => (await Promise.all(servers.map(serves))).every(Boolean)));
      check("SIGTERM under load ends with 0", (await server(which).stop()) === 0);
      check("the other server continues", await serves(other));
      await restart(which);
      check("the restarted server serves again", await until(() => serves(server(which))));
    }
    const told = await Promise.all(load.map((stop) => stop()));
    const refused = told.flat().filter(({ status }) => status !== 200);
    check("no report was refused, reset or lost", refused.length === 0, refused);
    check("there were some reports", told.flat().length > 100, told.flat().length);
    const totals = await Promise.all(sites.map((deployment) => totalOf(server(1), deployment)));
    const booked = told.map(({ length }) => 5 * length);
    check("each report counted once", totals.join() === booked.join(), { totals, booked });
  },
};

/** Reports one after the other until it is stopped; returns the result of each. */
function reporting(deployment: Deployment, door: string): () => Promise<Reply[]> {
  let isStopped = false;
  const told: Reply[] = [];
  const work = (async () => {
    while (!isStopped) told.push(await deployment.report(door, told.length + 1).catch(broken));
  })();
  return async () => {
    isStopped = true;
    await work;
    return told;
  };
}

function broken(error: unknown): Reply {
  return { status: 0, retryAfter: 0, ms: 0, body: String(error instanceof Error ? error.cause : error) };
}

/** Whether the server handles reports: its log continues to list them. */
async function serves({ output }: RunningServer): Promise<boolean> {
  const before = reportsIn(output());
  return until(async () => reportsIn(output()) > before, 3000);
}

function reportsIn(output: string): number {
  return output.split('"path":"/v1/consumption"').length;
}
