import { spawn } from "node:child_process";
import { once } from "node:events";
import { ROOT } from "./installation.mjs";

/** Runs a tool of the build in a process of its own. Its output is shown only if it fails. */
export async function run(name, script, ...args) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
  const [code, signal] = await once(child, "close");
  if (code === 0) return;
  process.stderr.write(Buffer.concat(said));
  throw new Error(
    `The build stopped: ${name} ${signal ? `was ended by ${signal}` : `failed with ${code}`}. Its output is above.`,
  );
}
