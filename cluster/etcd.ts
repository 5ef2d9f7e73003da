import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Program, program } from "@/faults/program";
import type { Stage } from "@/faults/scenario";
import { until } from "@/faults/until";
import type { Machine } from "./machines";

/** A member of etcd. */
export type Member = {
  name: string;
  program: Program;
  isHealthy(): Promise<boolean>;
  leads(): Promise<boolean>;
};

type Status = { header: { member_id: string }; leader: string };

const PATIENCE_MS = 2000;

/** Starts a member on each machine and waits until all are healthy. */
export async function etcd(stage: Stage, machines: Machine[]): Promise<Member[]> {
  const members = machines.map((machine) => memberOn(stage, machine));
  for (const { program } of members) program.start();
  const areHealthy = async () => (await Promise.all(members.map((each) => each.isHealthy()))).every(Boolean);
  if (!(await until(areHealthy))) throw new Error(`etcd did not start:\n${members[0]?.program.output()}`);
  return members;
}

function memberOn(stage: Stage, { network, number, name, home, account, address }: Machine): Member {
  const file = join(home, "etcd.yml");
  writeFileSync(file, network.rendered("etcd.yml", { "/var/lib/etcd": home }, number));
  const url = `http://${address}:2379`;
  return {
    name,
    program: program(stage, "etcd", ["--config-file", file], { account }),
    isHealthy: () =>
      fetch(`${url}/health`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
        ({ ok }) => ok,
        () => false,
      ),
    async leads() {
      const response = await fetch(`${url}/v3/maintenance/status`, {
        ...{ method: "POST", body: "{}" },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const { header, leader } = (await response.json()) as Status; // etcd's gateway to its gRPC API
      return header.member_id === leader;
    },
  };
}
