import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { lineOf, type MinuteSummary } from "@/fleet/minutes/result";

export type MinuteFleetWish = { deployments: number; hours: number; seed: number; isExtreme: boolean };

const LINES_SHOWN = 20;

/**
 * The same fleet with the same people and faults in both modes, in a process of its own: what bounded mode keeps to is
 * printed beside what optimistic mode grants. With `isExtreme` a third run restores the server and copies machines
 * with their memory.
 */
export async function runMinuteFleet({ isExtreme, ...size }: MinuteFleetWish) {
  const options = Object.entries(size).flatMap(([option, value]) => [`--${option}`, String(value)]);
  const args = [
    "--import",
    "tsx",
    "fleet/minutes/run.ts",
    "--json",
    ...options,
    ...(isExtreme ? ["--extreme"] : []),
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const drop = () => void child.kill("SIGKILL");
  process.once("exit", drop);
  const exited = once(child, "exit");
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  process.off("exit", drop);
  const line = said.split("\n").find((each) => each.startsWith("["));
  if (line === undefined) return { told: "no result", broken: complained.split("\n").slice(0, LINES_SHOWN) };
  const summaries: MinuteSummary[] = JSON.parse(line);
  const broken = summaries.flatMap(({ name, broken: rules }) => rules.map((rule) => `${name}: ${rule}`));
  return { told: summaries.map(lineOf).join("; "), broken };
}
