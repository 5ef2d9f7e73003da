import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { Stage } from "@/faults/scenario";
import type { Stand } from "./stand";

const PLAYWRIGHT = join(dirname(import.meta.dirname), "node_modules/@playwright/test/cli.js");

/** Runs the specs of the protocol through the balancer. */
export async function passesSuite({ check }: Stage, { signet }: Stand): Promise<void> {
  const { console, door, token } = signet;
  const targets = { cluster: { console, door, token, owner: { fault: "These specs need no browser." } } };
  const child = spawn(process.execPath, [PLAYWRIGHT, "test", "--config", "cluster/playwright.config.ts"], {
    env: { ...process.env, E2E_TARGETS: JSON.stringify(targets) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  const passed = /(\d+) passed/.exec(output)?.[1] ?? "0";
  check(`${passed} specs of the protocol pass`, code === 0, output.slice(-4000));
}
