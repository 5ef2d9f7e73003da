import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { type BackupKeys, newBackupKeys } from "@/server/backups/backup-keys";
import { offerDumps } from "@/server/backups/backup-socket";
import { keepBackups, scheduledBackups } from "@/server/backups/scheduled-backups";
import { createCustomer } from "@/server/licenses/customers";
import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { forgetProcessState } from "@/server/store/per-process";
import { closeStore, openStore, store } from "@/server/store/store";
import { PATIENT } from "@/server/store/store-connections";
import { makeLicense } from "@/server/testing/test-licenses";
import { copiedStore, type TestStore } from "@/server/testing/test-store";

const folder = join(tmpdir(), `signet-backup-${crypto.randomUUID()}`);
let place: TestStore;
let keys: BackupKeys;
beforeAll(async () => {
  await mkdir(folder);
  place = await copiedStore();
  keys = await newBackupKeys();
});
afterAll(async () => {
  await place.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Opens the commands' store in this process while the work runs, as a server does. */
async function serving<T>(work: () => Promise<T>): Promise<T> {
  await openStore(parseEnv(place.settings), PATIENT);
  const { place: opened, transaction } = store();
  const endDumps = transaction ? await offerDumps(opened, transaction) : () => {};
  try {
    await prepareInstallation(new Date());
    return await work();
  } finally {
    endDumps();
    await closeStore();
    forgetProcessState();
  }
}

/** Runs the commands of a block of the operating guide; only its file is replaced. */
async function runGuide(block: string, file: string, key: Record<string, string>) {
  const [, text = ""] = readFileSync("docs/operating.md", "utf8").split(`\`\`\`sh ${block}\n`);
  const commands = text.split("```")[0]?.replaceAll("/backups/signet.backup", file);
  expect(commands).toContain(file);
  const env = { ...process.env, ...place.settings, ...key };
  const { stdout } = await promisify(execFile)("sh", ["-e", "-c", commands ?? ""], { env });
  return stdout;
}

const customers = async () => (await store().db.customer.findMany()).map(({ name }) => name).sort();
const epochs = async () => (await store().db.roster.findMany()).map(({ epoch }) => epoch);

test("the commands of the guide back up a store beside its server, verify it, and restore it", async () => {
  const file = join(folder, "signet.backup");
  const before = await serving(async () => {
    await makeLicense({ customer: "Before" });
    const said = await runGuide("signet backup", file, { BACKUP_RECIPIENT: keys.recipient });
    expect(said).toMatch(/signet\.backup was created and verified: [\d,]+ rows, [\d.]+ MB\.\n/);
    await createCustomer("After", SYSTEM, new Date());
    return epochs();
  });
  const said = await runGuide("signet restore", file, { BACKUP_IDENTITY: keys.identity });
  expect(said).toMatch(/was restored: [\d,]+ rows\. A new epoch has begun/);
  expect(said).toContain("The store passes every check.");
  await serving(async () => {
    expect(await customers()).toEqual(["Before"]);
    expect(await epochs()).not.toEqual(before);
  });
}, 300_000);

test("a scheduled backup is created when it is due, replaces an interrupted one, and the oldest goes", async () => {
  const settings = { BACKUP_FOLDER: folder, BACKUP_HOURS: 24, BACKUP_KEEP: 1 };
  const [first, second] = ["20260824T100000Z", "20260825T100000Z"].map((at) =>
    join(folder, `signet-${at}.backup`),
  );
  const at = (time: string) =>
    keepBackups(
      settings,
      () => new Date(time),
      (file) => writeFile(file, ""),
    );
  await writeFile(`${second}.part`, "");
  await at("2026-08-24T10:00:00Z");
  await at("2026-08-25T09:59:59Z");
  expect([first, second, `${second}.part`].map((file) => existsSync(file ?? ""))).toEqual([
    true,
    false,
    false,
  ]);
  await at("2026-08-25T10:00:00Z");
  expect([first, second].map((file) => existsSync(file ?? ""))).toEqual([false, true]);
});

test("metrics know the newest scheduled backup, and when one failed", async () => {
  const settings = { BACKUP_FOLDER: join(folder, "scheduled"), BACKUP_HOURS: 24, BACKUP_KEEP: 14 };
  const [day1, day2] = [new Date("2026-08-24T10:00:00Z"), new Date("2026-08-25T10:00:00Z")];
  await mkdir(settings.BACKUP_FOLDER);
  const fails = async () => Promise.reject(new Error("the disk is full"));
  expect(await keepBackups(settings, () => day1, fails)).toEqual(new Error("the disk is full"));
  expect(scheduledBackups()).toEqual({ newest: null, failed: day1, hours: 24 });
  expect(
    await keepBackups(
      settings,
      () => day1,
      (file) => writeFile(file, "12345"),
    ),
  ).toBeNull();
  const newest = { at: day1, bytes: 5 };
  expect(scheduledBackups()).toEqual({ newest, failed: day1, hours: 24 });
  await keepBackups(settings, () => day2, fails);
  expect(scheduledBackups()).toEqual({ newest, failed: day2, hours: 24 });
});
