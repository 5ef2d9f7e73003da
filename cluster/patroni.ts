import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { QueryResultRow } from "pg";
import { NetworkLink } from "@/e2e/network-link";
import { program } from "@/faults/program";
import type { Stage } from "@/faults/scenario";
import { toolPath } from "@/faults/tools";
import { until } from "@/faults/until";
import { queryOn } from "@/scripts/databases";
import type { Machine } from "./machines";

/** A PostgreSQL server under Patroni. */
export type Node = {
  name: string;
  /** The link on which standbys follow it while it is the primary; a start mends it. */
  replication: NetworkLink;
  start(): void;
  /** Kills Patroni and every process of PostgreSQL, like a power cut of the machine. */
  kill(): Promise<void>;
  output(): string;
  query<Row extends QueryResultRow>(text: string, database?: string): Promise<Row[]>;
};

export type Patroni = {
  nodes: Node[];
  /** The node with a role, as Patroni calls it; throws if there is none. */
  nodeWith(role: Role): Promise<Node>;
  /** Whether there is a leader, and each other node follows it without delay. */
  isWhole(): Promise<boolean>;
};

export type Role = "leader" | "sync_standby";

/** A member as Patroni's REST API lists it. */
type Listed = { name: string; role: string; state: string; timeline?: number; lag?: number | "unknown" };

const SUPERUSER = "change-me-1"; // as in ops/patroni/patroni.yml
const PATIENCE_MS = 2000;
const BOOTSTRAP_MS = 120_000;

/** Starts a node on each machine and waits until two standbys follow the primary. */
export async function patroni(stage: Stage, machines: Machine[], isSynchronous: boolean): Promise<Patroni> {
  const nodes = await Promise.all(machines.map((machine) => nodeOn(stage, machine, isSynchronous)));
  const members = () => listedBy(machines);
  const isWhole = async () => follow(await members(), isSynchronous);
  for (const node of nodes) node.start();
  if (!(await until(isWhole, BOOTSTRAP_MS)))
    throw new Error(`Patroni did not start:\n${nodes.map((node) => node.output().slice(-3000)).join("\n")}`);
  return {
    nodes,
    isWhole,
    async nodeWith(role) {
      const member = (await members()).find((listed) => listed.role === role);
      const node = nodes.find(({ name }) => name === member?.name);
      if (!node) throw new Error(`There is no ${role}.`);
      return node;
    },
  };
}

async function nodeOn(stage: Stage, machine: Machine, isSynchronous: boolean): Promise<Node> {
  const { name, address, home, account } = machine;
  const replication = await NetworkLink.to(`http://${address}:5432`);
  stage.atEnd(() => replication.close());
  const file = join(home, "patroni.yml");
  writeFileSync(file, configured(machine, replication, isSynchronous));
  const manager = program(stage, "patroni", [file], { account, env: { HOME: home } });
  const folder = join(home, "15/signet");
  const kill = async () => {
    const dead = manager.kill();
    killServer(folder);
    await dead;
  };
  stage.atEnd(kill);
  return {
    ...{ name, replication, kill },
    start() {
      replication.resume();
      manager.start();
    },
    output: manager.output,
    query: (text, database = "signet") =>
      queryOn(`postgres://postgres:${SUPERUSER}@${address}:5432/${database}`, text),
  };
}

/** Standbys follow by the link, so that they can be cut off. */
function configured({ network, number, home, address }: Machine, link: NetworkLink, isSynchronous: boolean) {
  const places = {
    "/usr/lib/postgresql/15/bin": dirname(realpathSync(toolPath("pg_ctl"))),
    "/var/lib/postgresql": home,
    "/var/run/postgresql": home,
  };
  const text = network.rendered("patroni.yml", places, number);
  const mode = isSynchronous ? text : text.replace(/(synchronous_mode(?:_strict)?): true/g, "$1: false");
  const followed = `connect_address: 127.0.0.1:${new URL(link.url).port}`;
  return mode.replace(`connect_address: ${address}:5432`, followed);
}

/** The server's processes end at once, so that none of them can answer anything any more. */
function killServer(folder: string): void {
  const file = join(folder, "postmaster.pid");
  const pid = existsSync(file) ? readFileSync(file, "utf8").split("\n")[0] : undefined;
  if (!pid || !ps("args=", "-p", pid).includes(folder)) return; // the file of one that was killed before
  const children = ps("pid=", "--ppid", pid).match(/\d+/g) ?? [];
  for (const each of [pid, ...children]) {
    try {
      process.kill(Number(each), "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}

function ps(column: string, ...which: string[]): string {
  return spawnSync("ps", ["-o", column, ...which], { encoding: "utf8" }).stdout;
}

/** The members according to the first node that responds. */
async function listedBy(machines: Machine[]): Promise<Listed[]> {
  for (const { address } of machines) {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`http://${address}:8008/cluster`, { signal }).catch(() => null);
    const body = (await response?.json().catch(() => null)) as { members?: Listed[] } | null | undefined;
    if (body?.members) return body.members;
  }
  return [];
}

function follow(members: Listed[], isSynchronous: boolean): boolean {
  const leader = members.find(({ role }) => role === "leader");
  const followers = members.filter(
    ({ role, state, timeline, lag }) =>
      role !== "leader" && /running|streaming/.test(state) && timeline === leader?.timeline && lag === 0,
  );
  const hasSynchronous = followers.some(({ role }) => role === "sync_standby");
  return leader?.state === "running" && followers.length === 2 && hasSynchronous === isSynchronous;
}
