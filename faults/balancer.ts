import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stage } from "./scenario";
import { toolPath } from "./tools";
import { until } from "./until";

/** Runs HAProxy with a configuration until the scenario ends. `port` is one that it listens on. */
export async function balancer({ atEnd }: Stage, config: string, port: number): Promise<void> {
  const file = join(tmpdir(), `signet-haproxy-${port}.cfg`);
  writeFileSync(file, config);
  const child = spawn(toolPath("haproxy"), ["-db", "-q", "-f", file], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  atEnd(() => {
    child.kill("SIGKILL");
    rmSync(file);
  });
  if (!(await until(() => listens(port), 5000))) throw new Error("HAProxy did not start.");
}

function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1", () => done(true));
    socket.on("connect", () => socket.destroy()).on("error", () => done(false));
  });
}
