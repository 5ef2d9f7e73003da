import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { listens } from "@/faults/listens";
import { type Program, program } from "@/faults/program";
import type { Stage } from "@/faults/scenario";
import { until } from "@/faults/until";
import type { Machine } from "./machines";

/** A PgBouncer on one of the balancers. */
export type Pooler = { name: string; host: string; program: Program; isUp(): Promise<boolean> };

/** The two balancers by the last numbers of their addresses. */
const BALANCERS = [31, 32];
const PORT = 6432;

/** `machine` lends its account and its folder. */
export async function poolers(stage: Stage, machine: Machine, password: string): Promise<Pooler[]> {
  const made = BALANCERS.map((balancer, nth) => poolerOn(stage, machine, { balancer, nth, password }));
  for (const { program } of made) program.start();
  for (const { isUp, program } of made)
    if (!(await until(isUp))) throw new Error(`PgBouncer did not start:\n${program.output()}`);
  return made;
}

type Where = { balancer: number; nth: number; password: string };

function poolerOn(
  stage: Stage,
  { network, home, account }: Machine,
  { balancer, nth, password }: Where,
): Pooler {
  const users = join(home, "userlist.txt");
  const file = join(home, `pgbouncer${nth}.ini`);
  const host = network.address(balancer);
  writeFileSync(users, `"signet" "${password}"\n`);
  const text = network.rendered("pgbouncer.ini", {
    "listen_addr = 10.0.0.31": `listen_addr = ${host}`,
    "127.0.0.1": network.address(BALANCERS[0] ?? 0), // one HAProxy for both
    "/etc/pgbouncer/userlist.txt": users,
  });
  writeFileSync(file, text);
  return {
    name: `PgBouncer ${nth + 1}`,
    host: `${host}:${PORT}`,
    program: program(stage, "pgbouncer", [file], { account }),
    isUp: () => listens(PORT, host),
  };
}
