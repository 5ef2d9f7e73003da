import { loadavg } from "node:os";
import { type Line, plain } from "@/bench/results";
import { postmasterOf, processorSeconds } from "./machine-use";
import type { Stand } from "./stand";

/** Processor time of server and database from now on. */
export function startCosts({ server, postgres }: Pick<Stand, "server" | "postgres">) {
  const used = () => ({
    server: processorSeconds(server().pid),
    database: processorSeconds(postmasterOf(postgres)),
  });
  const before = used();
  return {
    of(requests: number): Line[] {
      const after = used();
      const perRequest = (seconds: number) => (seconds * 1000) / requests;
      const [load] = loadavg();
      return [
        plain("  processor time of the server for each: ms", perRequest(after.server - before.server), 3),
        plain("  of PostgreSQL", perRequest(after.database - before.database), 3),
        plain("  load of the machine in the last minute", load ?? Number.NaN, 1),
      ];
    },
  };
}
