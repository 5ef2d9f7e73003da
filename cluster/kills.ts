import { isReady } from "@/e2e/server";
import { until } from "@/faults/until";
import type { Role } from "./patroni";
import type { Stand } from "./stand";

/** One part of the cluster that dies, stays away for a while, and is started again as by its service manager. */
type Kill = {
  name: string;
  kill(): Promise<void>;
  /** Whether the cluster did what it has to do while the part is away. */
  isReplaced?(): Promise<boolean>;
  start(): Promise<void> | void;
  isBack(): Promise<boolean>;
};

/** Decides, when its turn comes, which one of its kind dies. */
export type NextKill = (stand: Stand) => Promise<Kill>;

/** In the order in which they are killed. */
export const KILLS: NextKill[] = [
  primary,
  ({ patroni }) => nodeOf(patroni, "sync_standby", "synchronous standby"),
  etcdLeader,
  (stand) => pooler(stand, 0),
  (stand) => pooler(stand, 1),
  replica,
];

export async function primary({ patroni }: Stand): Promise<Kill> {
  return nodeOf(patroni, "leader", "primary");
}

async function nodeOf(patroni: Stand["patroni"], role: Role, name: string): Promise<Kill> {
  const node = await patroni.nodeWith(role);
  return {
    name: `${name}, ${node.name}`,
    kill: node.kill,
    isReplaced: async () => (await patroni.nodeWith(role).catch(() => node)) !== node,
    start: node.start,
    isBack: patroni.isWhole,
  };
}

async function etcdLeader({ etcd }: Stand): Promise<Kill> {
  const leading = await Promise.all(etcd.map((member) => member.leads()));
  const member = etcd[leading.indexOf(true)];
  if (!member) throw new Error("No member of etcd leads.");
  return {
    name: `etcd's leader, ${member.name}`,
    ...{ kill: member.program.kill, start: member.program.start, isBack: member.isHealthy },
  };
}

async function pooler({ poolers }: Stand, nth: number): Promise<Kill> {
  const found = poolers[nth];
  if (!found) throw new Error(`There is no pooler ${nth}.`);
  const { name, program, isUp } = found;
  return { name: `pooler, ${name}`, kill: program.kill, start: program.start, isBack: isUp };
}

async function replica({ signet: { server, restart } }: Stand): Promise<Kill> {
  return {
    name: "Signet server 1 of 3",
    kill: () => server(0).kill(),
    start: () => restart(0),
    isBack: () => isReady(server(0).door),
  };
}

/** A machine takes about so long to boot. */
const AWAY_MS = 10_000;

/** Kills a part, starts it again, and waits until everything is as before. */
export async function strike(kill: Kill): Promise<{ isReplaced: boolean; isBack: boolean }> {
  const begun = performance.now();
  await kill.kill();
  const isReplaced = await until(async () => (await kill.isReplaced?.()) ?? true);
  await until(async () => performance.now() - begun > AWAY_MS);
  await kill.start();
  return { isReplaced, isBack: await until(kill.isBack, 60_000) };
}
