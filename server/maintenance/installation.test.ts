import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, renameSync, rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bundle } from "@/bin/bundle.mjs";
import { parseEnv } from "@/server/store/env";
import { forgetProcessState } from "@/server/store/per-process";
import { closeStore, openStore, store } from "@/server/store/store";
import { copiedStore, emptyStore, storeKind, type TestStore } from "@/server/testing/test-store";
import { prepareInstallation } from "./installation";

const STARTER = await bundle("server/testing/test-starter.ts");

let place: TestStore;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await closeStore();
  forgetProcessState();
  await place.remove();
});

describe.runIf(storeKind() === "postgresql")("on an empty PostgreSQL", () => {
  beforeEach(async () => {
    place = await emptyStore();
  });

  test("three processes that start at once all open it, and create one signing key", async () => {
    const starts = await Promise.all([1, 2, 3].map(() => start()));
    expect(starts).toEqual(["open", "open", "open"]);
    await openStore(parseEnv(place.settings));
    expect(await store().db.signingKey.count()).toBe(1);
    expect(await store().db.installation.count()).toBe(1);
    await prepareInstallation(new Date());
  });
});

describe.runIf(storeKind() === "embedded")("on a folder", () => {
  beforeEach(async () => {
    place = await copiedStore();
  });

  test("a second process is refused while the first runs, and opens what a killed one left", async () => {
    expect(await start()).toBe("open");
    expect(await start()).toContain("is in use by a running Signet");
    await killed(children[0]);
    await openStore(parseEnv(place.settings));
    await prepareInstallation(new Date());
    expect(await store().db.signingKey.count()).toBe(1);
  });
});

describe.runIf(storeKind() === "embedded")("a folder that comes back", () => {
  const run = async (change: () => Promise<unknown> = async () => {}) => {
    await openStore(parseEnv(place.settings));
    await prepareInstallation(new Date());
    const restores = await store().db.auditEvent.count({ where: { action: "installation.restored" } });
    await change();
    await closeStore();
    return restores;
  };
  const grow = () => store().db.rateLimit.create({ data: { id: "1", key: "1", count: 1, lastRequest: 1 } });
  let folder: string;
  beforeEach(async () => {
    place = await copiedStore();
    folder = place.settings.DATA_DIR ?? "";
    await run();
  });

  test("is no restore if it was only closed, and one in place of a later state, even if each file keeps its inode", async () => {
    const before = await run();
    const backup = `${folder}-backup`;
    cpSync(folder, backup, { recursive: true });
    expect([await run(grow), await run()]).toEqual([before, before]);
    execFileSync("cp", ["-a", `${backup}/.`, folder]);
    rmSync(backup, { recursive: true });
    expect([await run(), await run()]).toEqual([before + 1, before + 1]);
  });

  test("is a restore after another store ran in its place", async () => {
    const before = await run();
    renameSync(folder, `${folder}-aside`);
    expect(await run()).toBe(0);
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-aside`, folder);
    expect([await run(), await run()]).toEqual([before + 1, before + 1]);
  });
});

async function killed(child: ChildProcess | undefined): Promise<void> {
  child?.kill("SIGKILL");
  if (child) await once(child, "exit");
}

/** Starts a process on the store, and returns its first line. */
async function start(): Promise<string> {
  const child = spawn(process.execPath, [STARTER], {
    env: { NODE_ENV: "test", PATH: process.env.PATH, ...place.settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [said] = await once(child.stdout, "data");
  return String(said).trim();
}
