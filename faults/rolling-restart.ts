import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isReady, type RunningServer, startServer } from "@/e2e/server";
import { freePort } from "@/scripts/free-port";
import { balancer } from "./balancer";
import { type Deployment, deploymentOn, type Reply, totalOf } from "./deployment";
import type { Scenario, Stage } from "./scenario";
import { ownPostgres, settingsFor } from "./serve";
import { until } from "./until";

const CONFIG = join(dirname(import.meta.dirname), "ops/haproxy/haproxy.cfg");
const SITES = 8;

/** Two servers behind HAProxy with the configuration that we publish; each ends by SIGTERM while products report. */
export const rollingRestart: Scenario = {
  name: "rolling restart behind HAProxy",
  needs: ["haproxy"],
  async run(stage) {
    const { check } = stage;
    const { door, servers, restart } = await balanced(stage);
    check("a server is ready through it", await until(() => isReady(door), 15_000));
    const sites = [];
    for (let nth = 0; nth < SITES; nth += 1) sites.push(await deploymentOn(servers[0]));
    const load = sites.map((deployment) => reporting(deployment, door));
    for (const which of [0, 1] as const) {
      const other = servers[which === 0 ? 1 : 0];
      check("both serve", await until(async () => (await Promise.all(servers.map(serves))).every(Boolean)));
      check("SIGTERM under load ends with 0", (await servers[which].stop()) === 0);
      check("the other server continues", await serves(other));
      await restart(which);
      check("the restarted server serves again", await until(() => serves(servers[which])));
    }
    const told = await Promise.all(load.map((stop) => stop()));
    const refused = told.flat().filter(({ status }) => status !== 200);
    check("no report was refused, reset or lost", refused.length === 0, refused);
    check("there were some reports", told.flat().length > 100, told.flat().length);
    const totals = await Promise.all(sites.map((deployment) => totalOf(servers[1], deployment)));
    const booked = told.map(({ length }) => 5 * length);
    check("each report counted once", totals.join() === booked.join(), { totals, booked });
  },
};

type Balanced = {
  door: string;
  servers: [RunningServer, RunningServer];
  restart(which: 0 | 1): Promise<void>;
};

async function balanced(stage: Stage): Promise<Balanced> {
  const postgres = await ownPostgres(stage);
  const settings = {
    ...settingsFor(postgres.url()),
    TRUST_PROXY: "true",
    SHUTDOWN_GRACE: "10",
    LOG_LEVEL: "info",
  };
  const servers: Balanced["servers"] = [await startServer(settings), await startServer(settings)];
  stage.atEnd(() => Promise.all(servers.map((server) => server.kill())));
  const [console, products] = [await freePort(), await freePort()];
  await balancer(stage, configured(servers, console, products), products);
  const restart: Balanced["restart"] = async (which) => {
    const [PORT, PROTOCOL_PORT] = [portOf(servers[which].console), portOf(servers[which].door)];
    servers[which] = await startServer({ ...settings, PORT, PROTOCOL_PORT });
  };
  return { door: `http://127.0.0.1:${products}`, servers, restart };
}

/** Our configuration with the addresses of this run, and without the certificate, which isn't tested here. */
function configured(servers: RunningServer[], console: number, products: number): string {
  const [one, two] = servers.map((server) => ({ 3000: portOf(server.console), 3001: portOf(server.door) }));
  const ports = { "10.0.0.11": one, "10.0.0.12": two };
  return readFileSync(CONFIG, "utf8")
    .replace(/bind :443 ssl crt .*/, `bind 127.0.0.1:${console}`)
    .replace(/bind :8443 ssl crt .*/, `bind 127.0.0.1:${products}`)
    .replace(/(10\.0\.0\.1[12]):(300[01])/g, (_, host: keyof typeof ports, port: "3000" | "3001") => {
      return `127.0.0.1:${ports[host]?.[port]}`;
    });
}

function portOf(url: string): string {
  return new URL(url).port;
}

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
