import { execFileSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { newPatch, type SyncReply, sync } from "@/e2e/product";
import { startServer } from "@/e2e/server";
import { brokenRules } from "@/e2e/store-check";
import { type Cluster, newCluster } from "./cluster";
import { deploymentOn } from "./deployment";
import type { Scenario, Stage } from "./scenario";

const GUIDE = "docs/operating.md";
const ROOT = dirname(import.meta.dirname);

/** A dump that is made and restored by the exact commands of the operating guide. */
export const backup: Scenario = {
  name: "backup and restore by the guide",
  needs: ["pg_ctl", "pg_basebackup"],
  async run(stage) {
    const { check, atEnd } = stage;
    const { settings, shell } = await database(stage);
    const before = await startServer(settings);
    atEnd(() => before.kill());
    const { number, key } = await deploymentOn(before);
    const at = (door: string, bases: SyncReply["bases"], ...subjects: string[]) =>
      sync(
        { door, key },
        { source: "a", bases, patches: subjects.map((subject) => newPatch(number, subject)) },
      );
    const none = [{ license: number, version: 0 }];
    await at(before.door, none, "acme\\ann", "acme\\bob");
    check("the dump is made", shell("backup"));
    const { body: lost } = await at(before.door, none, "acme\\eve", "acme\\joe");
    await before.stop();
    check("the dump is restored", shell("restore"));
    const after = await startServer(settings);
    atEnd(() => after.kill());
    await at(after.door, none, "acme\\kim", "acme\\lea");
    const { body: back } = await at(after.door, lost.bases);
    const held = back.patches.map(({ subject }) => subject).sort();
    check("a deployment with a later base gets a snapshot", back.snapshot === true, back);
    check(
      "the snapshot has the current seats",
      held.join() === "acme\\ann,acme\\bob,acme\\kim,acme\\lea",
      held,
    );
    await after.stop();
    check("signet check finds nothing", (await brokenRules(settings)) === "");
  },
};

type Shell = (block: "backup" | "restore") => boolean;

/** A database and an owner with the names of the guide, and a shell in which its commands run. */
async function database({ atEnd }: Stage): Promise<{ settings: Record<string, string>; shell: Shell }> {
  const cluster = await newCluster();
  atEnd(() => cluster.remove());
  await cluster.query("CREATE ROLE signet LOGIN PASSWORD 'signet'");
  await cluster.query("CREATE DATABASE signet OWNER signet");
  const url = new URL(cluster.url("signet"));
  url.username = "signet";
  const settings = {
    DATABASE_URL: url.href,
    SIGNET_SECRET: randomBytes(32).toString("base64"),
    LOG_LEVEL: "warn",
  };
  const dump = join("/tmp", `signet-${randomUUID()}.dump`);
  atEnd(() => rmSync(dump, { force: true }));
  return { settings, shell: (block) => runs(textOf(block, dump), cluster, settings) };
}

/** The commands of a block of the guide; only the path of the dump is replaced. */
function textOf(block: Parameters<Shell>[0], dump: string): string {
  const guide = readFileSync(join(ROOT, GUIDE), "utf8");
  const [, text] = guide.split(`\`\`\`sh ${block}\n`);
  const commands = text?.split("```")[0];
  if (!commands) throw new Error(`${GUIDE} has no commands for ${block}.`);
  return commands.replaceAll("signet.dump", dump);
}

function runs(text: string, cluster: Cluster, settings: Record<string, string>): boolean {
  try {
    execFileSync("sh", ["-e", "-c", text], {
      cwd: ROOT,
      env: {
        NODE_ENV: "production",
        PATH: `${cluster.bin}:${process.env.PATH}`,
        ADMIN_URL: cluster.url(),
        ...settings,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    return true;
  } catch {
    return false;
  }
}
