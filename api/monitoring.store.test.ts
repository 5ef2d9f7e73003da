import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { verifyOne } from "@/server/audit/verification";
import { keepBackups } from "@/server/backups/scheduled-backups";
import { createToken } from "@/server/identity/tokens";
import { checkStore } from "@/server/maintenance/check-job";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { createApi } from "./app";

vi.stubEnv("LOG_LEVEL", "silent");
vi.stubEnv("AUDIT_CHECKPOINTS", "/mnt/audit");
afterAll(() => void vi.unstubAllEnvs());
useStore();

const RULES = "ops/prometheus";
/** Metrics of Prometheus itself. */
const FOREIGN = ["up"];
/** Our metrics, and those of the Node process. */
const METRIC = /\b(?:signet|http|process|nodejs)_[a-z0-9_]+\b|\bup\b(?=\{)/g;

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
const skipped = hasPromtool ? "" : " (skipped: install Debian's package prometheus, which has promtool)";

let text: string;
beforeAll(async () => {
  const allotments = [seats("analyzer", 3), minutes("analyzer_time", 100)];
  const { number } = await makeLicense({ allotments, valid: "./2026-12-31" });
  await verifyOne(number, SYSTEM, NOW);
  await verifyOne("installation", SYSTEM, NOW);
  await checkStore(NOW);
  await backUp();
  const { token } = await createToken(OWNER, { name: "prometheus", role: "auditor" }, SYSTEM, NOW);
  const app = createApi({ clock: () => NOW });
  const scrape = () => app.request("/metrics", { headers: { Authorization: `Bearer ${token}` } });
  await scrape(); // the first request has no metrics of requests yet
  text = await (await scrape()).text();
});

async function backUp(): Promise<void> {
  const BACKUP_FOLDER = await mkdtemp(join(tmpdir(), "signet-monitoring-"));
  const settings = { BACKUP_FOLDER, BACKUP_HOURS: 24, BACKUP_KEEP: 14 };
  await keepBackups(
    settings,
    () => NOW,
    (file) => writeFile(file, "a backup"),
  );
  await rm(BACKUP_FOLDER, { recursive: true });
}

test.each(readdirSync(RULES).concat("dashboard"))("%s names only metrics that exist", (file) => {
  const path = file === "dashboard" ? "ops/grafana/signet.json" : `${RULES}/${file}`;
  const named = new Set(readFileSync(path, "utf8").match(METRIC) ?? []);
  const served = text.match(/^[a-z0-9_]+(?=[{ ])/gm) ?? [];
  expect(named.size).toBeGreaterThan(5);
  expect([...named].filter((name) => ![...served, ...FOREIGN].includes(name))).toEqual([]);
});

test.skipIf(!hasPromtool)(`promtool finds nothing to lint in /metrics${skipped}`, () => {
  const { stdout, stderr, status } = spawnSync("promtool", ["check", "metrics"], {
    input: text,
    encoding: "utf8",
  });
  expect(ours(stdout + stderr)).toEqual([]);
  expect([0, 3]).toContain(status); // 3: only of Node's own metrics, whose names we don't choose
});

test.skipIf(!hasPromtool).each([[["check", "rules", "alerts.yml"]], [["test", "rules", "alerts.test.yml"]]])(
  `promtool %j passes${skipped}`,
  (command) => {
    const { stdout, stderr, status } = spawnSync("promtool", command, { cwd: RULES, encoding: "utf8" });
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining("SUCCESS")]);
  },
);

function ours(output: string): string[] {
  return output.split("\n").filter((line) => /^(signet|http)_/.test(line));
}
