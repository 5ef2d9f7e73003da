import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listens } from "./listens";
import { program } from "./program";
import type { Stage } from "./scenario";
import { until } from "./until";

/** Runs HAProxy with a configuration until the scenario ends. `port` and `host` are ones that it listens on. */
export async function balancer(
  stage: Stage,
  config: string,
  port: number,
  host = "127.0.0.1",
): Promise<void> {
  const file = join(tmpdir(), `signet-haproxy-${host}-${port}.cfg`);
  writeFileSync(file, config);
  stage.atEnd(() => rmSync(file));
  const haproxy = program(stage, "haproxy", ["-db", "-q", "-f", file]);
  haproxy.start();
  if (!(await until(() => listens(port, host), 5000)))
    throw new Error(`HAProxy did not start. It said:\n${haproxy.output()}`);
}
