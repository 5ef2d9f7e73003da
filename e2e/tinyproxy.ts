import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/scripts/free-port";

export function hasTinyproxy(): boolean {
  return spawnSync("tinyproxy", ["-v"]).status === 0;
}

/**
 * Starts Debian's tinyproxy with the user `acme` and the password `opensesame`. Returns its port and how to stop it.
 */
export async function startTinyproxy(): Promise<{ port: number; stop(): void }> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "signet-e2e-tinyproxy-"));
  const file = join(folder, "tinyproxy.conf");
  const lines = [`Port ${port}`, "Listen 127.0.0.1", "BasicAuth acme opensesame", "LogLevel Critical"];
  writeFileSync(file, `${lines.join("\n")}\n`);
  const child = spawn("tinyproxy", ["-d", "-c", file], { stdio: "ignore" });
  const stop = () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", stop);
  while (!(await listens(port))) if (child.exitCode !== null) throw new Error("tinyproxy did not start.");
  return { port, stop };
}

function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => setTimeout(() => done(false), 20));
  });
}
