import { randomBytes } from "node:crypto";
import type { SyncReply } from "@/e2e/product";
import { isReady, type RunningServer, startServer } from "@/e2e/server";
import { freePort } from "@/scripts/free-port";
import { balancer } from "./balancer";
import { type Cluster, newCluster, standbyOf } from "./cluster";
import { type Deployment, deploymentOn, totalOf } from "./deployment";
import type { Scenario, Stage } from "./scenario";
import { syncAs } from "./sync-as";
import { until } from "./until";
import { virtualAddress } from "./virtual-address";

/** The number of a license that is lost with the last commits and created again. */
const AGAIN = "9999000000000020";

type Bases = SyncReply["bases"];

/** The primary dies with commits that its asynchronous standby hasn't received, and the standby takes over. */
export const failover: Scenario = {
  name: "failover to a standby that lacks the last commits",
  needs: ["pg_ctl", "pg_basebackup"],
  run: (stage) => losesTheLast(stage, virtualAddressOf),
};

/** The same fault behind HAProxy, which detects it and sends connections to the standby before the standby is promoted. */
export const failoverByHaproxy: Scenario = {
  name: "failover behind HAProxy",
  needs: ["pg_ctl", "pg_basebackup", "haproxy"],
  run: (stage) => losesTheLast(stage, haproxyOf),
};

async function losesTheLast(stage: Stage, address: AddressOf): Promise<void> {
  const { check } = stage;
  const deployment = await replicated(stage, address);
  const { first, second, standby } = deployment;
  const before = await syncAs(deployment, first, "a", deployment.none, ["acme\\ann", "acme\\bob"]);
  const kept = await syncAs(deployment, second, "b", deployment.none, []);
  check("the standby follows", await until(() => follows(standby, 2)));
  standby.stop("fast");
  const lost = await syncAs(deployment, first, "a", before.bases, ["acme\\eve", "acme\\joe"]);
  const report = await deployment.report(first.door, 1);
  const gone = await deploymentOn(first, { number: AGAIN });
  await gone.add(second.door, "acme\\gone");
  check("changes that will be lost are acknowledged", lost.bases[0]?.version === 4 && report.status === 200, [
    lost,
    report,
  ]);
  await takeOver(deployment);
  for (const { door } of [first, second])
    check("a server is ready again", await until(() => isReady(door)), door);
  const [fresh] = await Promise.all([
    syncAs(deployment, second, "c", deployment.none, ["acme\\kim", "acme\\lea"]),
    syncAs(deployment, first, "d", deployment.none, []),
  ]);
  const [back, other] = await Promise.all([
    syncAs(deployment, first, "a", lost.bases, []),
    syncAs(deployment, second, "b", kept.bases, []),
  ]);
  check("a deployment with a lost change gets a snapshot", back.snapshot === true, back);
  check("so does everyone else", other.snapshot === true, other);
  const epochs = [fresh, back, other].map(({ bases }) => bases[0]?.epoch);
  check(
    "both servers return the same new epoch",
    new Set([...epochs, lost.bases[0]?.epoch]).size === 2,
    epochs,
  );
  check("the store was marked as restored once", (await restores(standby)) === 1);
  const [atFirst, atSecond] = await Promise.all([
    syncAs(deployment, first, "a", deployment.none, []),
    syncAs(deployment, second, "b", deployment.none, []),
  ]);
  const held = namesIn(atFirst);
  check(
    "everyone agrees on who holds a seat",
    held.join() === "acme\\ann,acme\\bob,acme\\kim,acme\\lea",
    held,
  );
  check("on both servers", namesIn(atSecond).join() === held.join(), namesIn(atSecond));
  const again = await deployment.report(first.door, 2);
  check(
    "the next report is counted",
    again.status === 200 && (await totalOf(second, deployment)) === 5,
    again,
  );
  check("and the store isn't marked again", (await restores(standby)) === 1);
  const made = await deploymentOn(first, { number: AGAIN });
  const added = await made.add(second.door, "acme\\new");
  const read = await made.add(first.door, "acme\\other");
  const names = namesIn(read.body as SyncReply);
  check(
    "a license with the number of a lost one has keys of its own, on every server",
    added.status === 200 && read.status === 200 && names.join() === "acme\\new,acme\\other",
    { added, read },
  );
}

type Replicated = Deployment & {
  none: Bases;
  first: RunningServer;
  second: RunningServer;
  primary: Cluster;
  standby: Cluster;
  address: Address;
};

/** An address that leads to the primary, and how to point it elsewhere. */
type Address = { port: number; leadTo(port: number): void };
type AddressOf = (stage: Stage, primary: Cluster, standby: Cluster) => Promise<Address>;

async function virtualAddressOf({ atEnd }: Stage, primary: Cluster): Promise<Address> {
  const address = await virtualAddress(primary.port);
  atEnd(() => address.close());
  return address;
}

async function haproxyOf(stage: Stage, primary: Cluster, standby: Cluster): Promise<Address> {
  const port = await freePort();
  const config = `
defaults
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
  default-server check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
listen postgresql
  bind 127.0.0.1:${port}
  option pgsql-check user postgres
  server primary 127.0.0.1:${primary.port}
  server standby 127.0.0.1:${standby.port} backup
`;
  await balancer(stage, config, port);
  return { port, leadTo: () => {} };
}

/** Two servers on a PostgreSQL with a standby, and a license. */
async function replicated(stage: Stage, addressOf: AddressOf): Promise<Replicated> {
  const { atEnd } = stage;
  const primary = await newCluster();
  atEnd(() => primary.remove());
  const standby = await standbyOf(primary);
  atEnd(() => standby.remove());
  const address = await addressOf(stage, primary, standby);
  const url = new URL(primary.url());
  url.port = String(address.port);
  const settings = {
    DATABASE_URL: url.href,
    SIGNET_SECRET: randomBytes(32).toString("base64"),
    LOG_LEVEL: "warn",
  };
  const first = await startServer(settings);
  atEnd(() => first.kill());
  const second = await startServer(settings);
  atEnd(() => second.kill());
  const deployment = await deploymentOn(first);
  return {
    ...deployment,
    none: [{ license: deployment.number, version: 0 }],
    first,
    second,
    primary,
    standby,
    address,
  };
}

async function takeOver({ primary, standby, address }: Replicated): Promise<void> {
  primary.stop("immediate");
  standby.start();
  await standby.query("SELECT pg_promote(true)");
  address.leadTo(standby.port);
}

async function follows(standby: Cluster, version: number): Promise<boolean> {
  const [row] = await standby.query<{ version: string }>("SELECT max(version) AS version FROM roster");
  return Number(row?.version) === version;
}

async function restores(cluster: Cluster): Promise<number> {
  const [row] = await cluster.query<{ count: string }>(
    "SELECT count(*) FROM audit_event WHERE action = 'installation.restored'",
  );
  return Number(row?.count);
}

function namesIn({ patches }: SyncReply): string[] {
  return patches.map(({ subject }) => subject).sort();
}
