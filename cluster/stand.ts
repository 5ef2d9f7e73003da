import { randomBytes } from "node:crypto";
import { isReady } from "@/e2e/server";
import { type Balanced, balanced } from "@/faults/balanced";
import { balancer } from "@/faults/balancer";
import { type Deployment, deploymentOn, manage } from "@/faults/deployment";
import type { Stage } from "@/faults/scenario";
import { settingsFor } from "@/faults/serve";
import type { Tool } from "@/faults/tools";
import { until } from "@/faults/until";
import { etcd, type Member } from "./etcd";
import { type Machine, threeMachines } from "./machines";
import { type Network, newNetwork } from "./network";
import { type Patroni, patroni } from "./patroni";
import { type Pooler, poolers } from "./poolers";

/** Three machines with PostgreSQL, two poolers, and three Signet servers behind one address. */
export type Stand = {
  etcd: Member[];
  patroni: Patroni;
  poolers: Pooler[];
  signet: Balanced & { token: string };
  settings: Record<string, string>;
  license: Deployment;
  /** One request to the management API, through the balancer. */
  ask<Body>(path: string): Promise<Body>;
};

export const PROGRAMS: Tool[] = ["etcd", "patroni", "pg_ctl", "pgbouncer", "haproxy"];
const REPLICAS = 3;

export async function openStand(stage: Stage, { isSynchronous }: { isSynchronous: boolean }): Promise<Stand> {
  const network = newNetwork();
  const machines = threeMachines(stage, network);
  const members = await etcd(stage, machines);
  const database = await patroni(stage, machines, isSynchronous);
  const password = randomBytes(12).toString("hex");
  await makeDatabase(database, password);
  const pooled = await poolersOf(stage, network, machines, password);
  const hosts = pooled.map(({ host }) => host).join(",");
  const token = randomBytes(24).toString("base64url");
  const settings = settingsFor(`postgres://signet:${password}@${hosts}/signet`);
  const servers = await balanced(stage, { ...settings, SIGNET_ADMIN_TOKEN: token }, REPLICAS);
  const signet = { ...servers, token };
  if (!(await until(() => isReady(signet.door)))) throw new Error("The cluster did not become ready.");
  return {
    ...{ etcd: members, patroni: database, poolers: pooled, signet, settings },
    license: await deploymentOn(signet),
    ask: async <Body>(path: string) => (await manage(signet, "GET", path)).body as Body,
  };
}

/** The poolers behind the HAProxy that leads to the primary. */
async function poolersOf(stage: Stage, network: Network, [first]: Machine[], password: string) {
  if (!first) throw new Error("There is no machine.");
  const host = network.address(31);
  await balancer(stage, network.rendered("haproxy.cfg", { "127.0.0.1": host }), 5000, host);
  return poolers(stage, first, password);
}

/** The database and its owner, as ops/patroni/README.md makes them. */
async function makeDatabase({ nodeWith }: Patroni, password: string): Promise<void> {
  const node = await nodeWith("leader");
  await node.query(`CREATE ROLE signet LOGIN PASSWORD '${password}'`, "postgres");
  await node.query("CREATE DATABASE signet OWNER signet", "postgres");
}

/** The UTC month, as reports name it. */
export function monthNow(): string {
  return new Date().toISOString().slice(0, 7);
}
