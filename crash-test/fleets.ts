import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { StoreName } from "@/scripts/run-store";

export type FleetWish = { deployments: number; hours: number; seed: number; store: StoreName };

const LINES_SHOWN = 20;

/** One fleet in a process of its own: returns how many rules held, or its report of the broken ones. */
export async function runFleet({ deployments, hours, seed, store }: FleetWish) {
  const options = { deployments, hours, seed, store };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, ["--import", "tsx", "fleet/run.ts", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const drop = () => void child.kill("SIGKILL");
  process.once("exit", drop);
  const exited = once(child, "exit");
  const [said, complained, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  process.off("exit", drop);
  const lines = said.split("\n");
  const kept = lines.filter((line) => line.startsWith("ok ")).length;
  const requests = lines.find((line) => line.includes("requests,"))?.trim() ?? "no requests";
  return {
    told: `${requests}, ${kept} rules held`,
    broken: exit === 0 ? [] : brokenIn(lines, complained),
  };
}

function brokenIn(lines: string[], complained: string): string[] {
  const from = lines.findIndex((line) => line.startsWith("BROKEN"));
  return [
    ...(from < 0 ? [] : lines.slice(from, from + LINES_SHOWN)),
    ...complained.split("\n").slice(0, LINES_SHOWN),
  ];
}
