// Runs every check on a fresh machine and stops at the first stage that fails: npm test
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provideBrowser } from "@/e2e/browser";

type Count = { passed: number; failed: number };
type Stage = { name: string; run(): Promise<Count> };

const stages: Stage[] = [
  // What the compiler reads and git does not hold: the store's client, the types of pages and style sheets.
  { name: "generate", run: () => checks(["prisma", "generate"], ["next", "typegen"]) },
  { name: "style and layers", run: () => check("biome", "check", ".") },
  { name: "types", run: () => check("tsc", "--noEmit") },
  { name: "unused code", run: () => check("knip", "--no-config-hints") },
  { name: "rules, and the server on both stores", run: unitTests },
  { name: "production build", run: () => check("next", "build") },
  { name: "kill points and fleets", run: () => check("tsx", "torture/run.ts", ...SHORT_TORTURE) },
  { name: "protocol and console over HTTP, on both stores", run: browserTests },
];

const SHORT_TORTURE = ["--points", "20", "--fleets", "3", "--deployments", "50", "--hours", "24"];

const total = { passed: 0, failed: 0 };
for (const { name, run } of stages) {
  console.log(`\n── ${name}`);
  const count = await run().catch((error: Error) => {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  });
  total.passed += count.passed;
  total.failed += count.failed;
  if (count.failed > 0) break;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

function unitTests(): Promise<Count> {
  return counted(
    (file) => npx(["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`]),
    ({ numPassedTests: passed, numFailedTests: failed }) => ({ passed, failed }),
  );
}

/** A spec that fails once runs once more, and Playwright lists it as flaky: that is a fault to look into, not a red run. */
async function browserTests(): Promise<Count> {
  await provideBrowser();
  return counted(
    (file) =>
      npx(["playwright", "test", "--retries=1", "--reporter=list,json"], {
        PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      }),
    ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
  );
}

/** Runs a test tool that writes what it counted into a file. A tool that fails for another reason counts as one. */
async function counted(
  run: (file: string) => Promise<number>,
  read: (report: Report) => Count,
): Promise<Count> {
  const file = join(tmpdir(), `signet-report-${randomUUID()}.json`);
  const exit = await run(file);
  if (!existsSync(file)) throw new Error("It ended without a report.");
  const { passed, failed } = read(JSON.parse(readFileSync(file, "utf8")));
  rmSync(file);
  return { passed, failed: exit === 0 ? failed : Math.max(failed, 1) };
}

/** The parts of the reports of vitest and of Playwright that are read. */
type Report = {
  numPassedTests: number;
  numFailedTests: number;
  stats: { expected: number; flaky: number; unexpected: number };
};

async function checks(...commands: string[][]): Promise<Count> {
  for (const command of commands) if ((await npx(command)) !== 0) return { passed: 0, failed: 1 };
  return { passed: 1, failed: 0 };
}

function check(...command: string[]): Promise<Count> {
  return checks(command);
}

/** Runs a tool of this project; what it says streams. Answers its exit code. */
async function npx([tool = "", ...args]: string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(join("node_modules/.bin", tool), args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    shell: process.platform === "win32",
  });
  const [code, signal] = await once(child, "exit");
  if (signal) console.error(`${tool} was ended by ${signal}.`);
  return code ?? 1;
}
