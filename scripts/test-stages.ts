import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

/** How many tests passed and failed, and how long each file took in ms. */
export type Count = { passed: number; failed: number; files?: Map<string, number> };
export type Check = { name: string; run(output: Output): Promise<Count> };

/** The output of a check: written to the terminal at once, or kept until the checks beside it are done. */
type Output = { stdio: "inherit" | "pipe"; kept: Buffer[] };

const SLOWEST = 10;

/** Runs stage after stage until one fails, and prints the time of each. Returns whether everything passed. */
export async function runStages(stages: Check[][]): Promise<boolean> {
  const total = { passed: 0, failed: 0 };
  const times: [string, number][] = [];
  const files = new Map<string, number>();
  for (const stage of stages) {
    for (const { check, count, seconds } of await Promise.all(
      stage.map((check) => timed(check, stage.length)),
    )) {
      times.push([check.name, seconds]);
      total.passed += count.passed;
      total.failed += count.failed;
      for (const [file, time] of count.files ?? []) files.set(file, (files.get(file) ?? 0) + time);
    }
    if (total.failed > 0) break;
  }
  console.log(`\n── time of each stage\n${lines(times)}`);
  const slowest = [...files].map(([file, ms]): [string, number] => [file, ms / 1000]);
  slowest.sort(([, one], [, other]) => other - one);
  if (files.size > 0) console.log(`\n── slowest files\n${lines(slowest.slice(0, SLOWEST))}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
}

async function timed(check: Check, beside: number) {
  const begun = performance.now();
  const output: Output = { stdio: beside > 1 ? "pipe" : "inherit", kept: [] };
  if (beside === 1) console.log(`\n── ${check.name}`);
  const count: Count = await check.run(output).catch((error: Error) => {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  });
  if (beside > 1) process.stdout.write(`\n── ${check.name}\n${Buffer.concat(output.kept)}`);
  return { check, count, seconds: (performance.now() - begun) / 1000 };
}

function lines(rows: [string, number][]): string {
  return rows.map(([name, seconds]) => `${seconds.toFixed(1).padStart(7)} s  ${name}`).join("\n");
}

/** A check that counts as one: it passes if each of its commands exits with 0. */
export function tool(...commands: string[][]) {
  return async (output: Output): Promise<Count> => {
    for (const command of commands)
      if ((await run(command, {}, output)) !== 0) return { passed: 0, failed: 1 };
    return { passed: 1, failed: 0 };
  };
}

type Report = {
  /** A member of Vitest's report. */
  numPassedTests?: number;
  numFailedTests?: number;
  testResults?: { name: string; startTime: number; endTime: number }[];
  /** A member of Playwright's report. */
  stats?: { expected: number; flaky: number; unexpected: number };
  suites?: Suite[];
};
type Suite = {
  file: string;
  suites?: Suite[];
  specs?: { tests: { results: { duration: number }[] }[] }[];
};

/**
 * Runs a test tool that writes a JSON report, to the file that its arguments or the variable `report` name. A tool
 * that fails for another reason than a test counts as one failure.
 */
export async function counted(
  command: (file: string) => string[],
  { report }: { report?: string },
): Promise<Count> {
  const file = join(tmpdir(), `signet-report-${randomUUID()}.json`);
  const exit = await run(command(file), report ? { [report]: file } : {}, { stdio: "inherit", kept: [] });
  if (!existsSync(file)) throw new Error("The tool ended without a report.");
  const read: Report = JSON.parse(readFileSync(file, "utf8"));
  rmSync(file);
  const passed = read.stats ? read.stats.expected + read.stats.flaky : (read.numPassedTests ?? 0);
  const failed = read.stats?.unexpected ?? read.numFailedTests ?? 0;
  return { passed, failed: exit === 0 ? failed : Math.max(failed, 1), files: timesOf(read) };
}

function timesOf({ testResults = [], suites = [] }: Report): Map<string, number> {
  const times = new Map<string, number>();
  const add = (file: string, ms: number) => times.set(file, (times.get(file) ?? 0) + ms);
  for (const { name, startTime, endTime } of testResults) add(relative(".", name), endTime - startTime);
  const visit = ({ file, specs = [], suites: inner = [] }: Suite) => {
    for (const { tests } of specs)
      for (const { results } of tests) for (const { duration } of results) add(`e2e/${file}`, duration);
    inner.forEach(visit);
  };
  suites.forEach(visit);
  return times;
}

/** Runs a tool of this project and returns its exit code. */
async function run(
  [name = "", ...args]: string[],
  env: Record<string, string>,
  { stdio, kept }: Output,
): Promise<number> {
  const child = spawn(join("node_modules/.bin", name), args, {
    stdio: ["ignore", stdio, stdio],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    shell: process.platform === "win32",
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => kept.push(chunk));
  const [code, signal] = await once(child, "close");
  if (signal) console.error(`${name} was ended by ${signal}.`);
  return code ?? 1;
}
