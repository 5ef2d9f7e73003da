import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { withPartitions } from "@/server/consumption/sessions/session-partitions";
import { createCustomer } from "@/server/licenses/customers";
import { prepareInstallation } from "@/server/maintenance/installation";
import { INCOMPLETE } from "@/server/store/complete-file";
import { type Env, parseEnv } from "@/server/store/env";
import { withTransactions } from "@/server/store/one-transaction";
import { closeStore, openStore, store } from "@/server/store/store";
import { PATIENT } from "@/server/store/store-connections";
import { seats } from "@/server/testing/test-licenses";
import { copiedStore, emptyStore, type TestStore } from "@/server/testing/test-store";
import { deploymentOf } from "@/server/testing/test-syncs";
import { createBackup, readLines, writeLines } from "./backup-file";
import { type BackupKeys, newBackupKeys } from "./backup-keys";
import { dumpedLines } from "./dump";
import { restoreBackup } from "./restore";

const folder = join(tmpdir(), `signet-backups-${crypto.randomUUID()}`);
const stores: TestStore[] = [];
let keys: BackupKeys;
let origin: Env;
let secret: string;
let file: string;

beforeAll(async () => {
  await mkdir(folder);
  keys = await newBackupKeys();
  origin = await settingsOf(copiedStore());
  secret = origin.SIGNET_SECRET ?? (await readFile(join(origin.DATA_DIR, "secret"), "utf8"));
  await within(origin, async () => {
    const { add } = await deploymentOf([seats("analyzer", 10)]);
    await add("acme\\ann", "acme\\bob");
    await withPartitions(new Set(["2026-07", "2026-08"]), async () => {});
    for (const month of ["2026-07", "2026-08"])
      await store().db
        .$executeRaw`INSERT INTO session_total (license, month, allotment, kind, key, minutes, sessions)
          VALUES ('1', ${month}, 'a', 'app', 'x', 6, 1)`;
  });
  file = await backedUp(origin, "origin");
});
afterAll(async () => {
  for (const each of stores) await each.remove();
  await rm(folder, { recursive: true, force: true });
});

async function settingsOf(made: Promise<TestStore>): Promise<Env> {
  stores.push(await made);
  return parseEnv((await made).settings);
}

const emptyFolder = (own = secret) =>
  parseEnv({ DATA_DIR: join(folder, crypto.randomUUID()), SIGNET_SECRET: own });
const emptyPlace = async () => ({ ...(await settingsOf(emptyStore())), SIGNET_SECRET: secret });

/** Opens a store as a start does, while the work runs. */
async function within<T>(settings: Env, work: () => Promise<T>): Promise<T> {
  await openStore(settings, PATIENT);
  try {
    await prepareInstallation(new Date());
    return await work();
  } finally {
    await closeStore();
  }
}

async function backedUp(settings: Env, name: string, held?: string): Promise<string> {
  const path = join(folder, name);
  const beginning = { format: "signet-backup", version: 1, at: new Date().toISOString(), secret: held };
  await withTransactions(settings, (transaction) =>
    transaction((tx) => {
      const lines = async function* () {
        yield `${JSON.stringify(beginning)}\n`;
        yield* dumpedLines(tx);
      };
      return writeLines(path, lines(), [keys.recipient]);
    }),
  );
  return path;
}

const restored = (settings: Env, path: string, mayReplace = false, identity = keys.identity) =>
  restoreBackup(settings, { path, identity }, mayReplace);

/** Every line of a backup after its first, sorted, without the fingerprint that a restore changes. */
async function contentOf(path: string): Promise<string[]> {
  const [, ...lines] = await all(readLines(path, keys.identity));
  return lines.map((line) => line.replace(/^\["1","(restored|\d+\/\d+\/[\d.]+)"/, '["1"')).sort();
}

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", "\\N", "\\", "\t", "a\nb", '"', "{", "[1]", "NULL", "null", "'", "\u2028", "\r\n"),
);
const template = fc.record({
  text,
  content: fc.jsonValue(),
  at: fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
});

test("a backup that is restored into either store, and from there into the first kind, has equal tables", async () => {
  const templates = fc.uniqueArray(template, {
    minLength: 50,
    maxLength: 100,
    selector: (each) => each.text,
  });
  await fc.assert(
    fc.asyncProperty(templates, async (rows) => {
      await withTransactions(origin, (transaction) =>
        transaction((tx) =>
          tx.query(
            `INSERT INTO license_template (id, name, name_key, content, saved_at)
              SELECT gen_random_uuid(), t ->> 'text', t ->> 'text', t -> 'content', (t ->> 'at')::timestamptz
              FROM jsonb_array_elements($1::jsonb) t`,
            [JSON.stringify(rows)],
          ),
        ),
      );
      const [there, back] = [emptyFolder(), await emptyPlace()];
      const first = await backedUp(origin, "first");
      await restored(there, first);
      const second = await backedUp(there, "second");
      await restored(back, second);
      const content = await contentOf(first);
      expect(content.length).toBeGreaterThan(rows.length);
      expect(await contentOf(second)).toEqual(content);
      expect(await contentOf(await backedUp(back, "third"))).toEqual(content);
    }),
    { numRuns: 1, endOnFailure: true },
  );
});

test("a folder without a secret gets that of the backup, and the first start there begins a new epoch", async () => {
  const there = { ...emptyFolder(), SIGNET_SECRET: undefined };
  await restored(there, await backedUp(origin, "held", secret));
  expect(await readFile(join(there.DATA_DIR, "secret"), "utf8")).toBe(secret);
  const epochs = () => store().db.roster.findMany({ select: { epoch: true } });
  const before = await within(origin, epochs);
  const after = await within(there, epochs);
  expect(after).toHaveLength(before.length);
  expect(after).not.toEqual(before);
});

test("a folder gets no secret from a backup that can't be restored", async () => {
  const path = join(folder, "cut-with-secret");
  const whole = await readFile(await backedUp(origin, "with-secret", secret));
  await writeFile(path, whole.subarray(0, -20));
  const there = { ...emptyFolder(), SIGNET_SECRET: undefined };
  await expect(restored(there, path)).rejects.toThrow(/nothing was changed/);
  expect(existsSync(join(there.DATA_DIR, "secret"))).toBe(false);
});

test.each([
  ["without its last bytes", (bytes: Buffer) => bytes.subarray(0, -20)],
  ["cut in the middle", (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  [
    "with one bit changed",
    (bytes: Buffer) => bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1),
  ],
  ["that is none", () => Buffer.from("no backup")],
  ["that is empty", () => Buffer.alloc(0)],
])("a file %s is refused with one sentence and leaves no store", async (_, change) => {
  const path = join(folder, "changed");
  await writeFile(path, change(await readFile(file)));
  const there = emptyFolder();
  const refusal = await restored(there, path).catch((error: Error) => error.message);
  expect(refusal).toBe(
    `${path} can't be restored, and nothing was changed. The file isn't a backup, or it was changed or cut.`,
  );
  expect(existsSync(join(there.DATA_DIR, "pg"))).toBe(false);
});

test("a wrong identity, a wrong secret, a missing secret and a missing file each have their sentence", async () => {
  const { identity } = await newBackupKeys();
  await expect(restored(emptyFolder(), file, false, identity)).rejects.toThrow(
    /^BACKUP_IDENTITY can't decrypt/,
  );
  const other = randomBytes(32).toString("base64");
  await expect(restored(emptyFolder(other), file)).rejects.toThrow(/^SIGNET_SECRET isn't the one/);
  const none = { ...emptyFolder(), SIGNET_SECRET: undefined };
  await expect(restored(none, file)).rejects.toThrow(/doesn't hold the secret/);
  expect(existsSync(none.DATA_DIR)).toBe(false);
  await expect(restored(emptyFolder(), join(folder, "missing"))).rejects.toThrow(/can't be read \(ENOENT\)/);
});

test("a store is replaced only if that was said, and stays as it was if the backup is cut", async () => {
  const there = await emptyPlace();
  await within(there, () => createCustomer("Mine", SYSTEM, new Date()));
  const before = await contentOf(await backedUp(there, "before"));
  await expect(restored(there, file)).rejects.toThrow(/There is a store already/);
  const cut = join(folder, "cut");
  await writeFile(cut, (await readFile(file)).subarray(0, -20));
  await expect(restored(there, cut, true)).rejects.toThrow(/nothing was changed/);
  expect(await contentOf(await backedUp(there, "after"))).toEqual(before);
  await restored(there, file, true);
  expect(await within(there, () => store().db.customer.count({ where: { name: "Mine" } }))).toBe(0);
});

test("a database with tables of another program is left alone", async () => {
  const there = await emptyPlace();
  await withTransactions(there, (transaction) =>
    transaction((tx) => tx.run("CREATE TABLE theirs (id int)")),
  ).catch(() => {});
  await expect(restored(there, file, true)).rejects.toThrow(/tables of another program/);
});

test("a backup of a newer release is refused", async () => {
  const lines = await all(readLines(file, keys.identity));
  const newer = lines.map((line, at) => (at === 1 ? line.replace(/"name":"\d+_/, '"name":"2999_') : line));
  const path = join(folder, "newer");
  await writeLines(path, toAsync(newer), [keys.recipient]);
  await expect(restored(emptyFolder(), path)).rejects.toThrow(/of a newer Signet/);
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function* toAsync(lines: string[]) {
  for (const line of lines) yield `${line}\n`;
}

test("a backup that fails on the way leaves no file", async () => {
  const path = join(folder, "failed");
  const broken = async function* () {
    yield "{}\n";
    throw new Error("the store went away");
  };
  const write = (part: string) => writeLines(part, broken(), [keys.recipient]);
  await expect(createBackup(path, write, async () => {})).rejects.toThrow("the store went away");
  const unproven = createBackup(
    path,
    (part) => writeLines(part, toAsync(["x"]), [keys.recipient]),
    async () => {
      throw new Error("it can't be restored");
    },
  );
  await expect(unproven).rejects.toThrow("it can't be restored");
  expect([path, `${path}${INCOMPLETE}`].filter((each) => existsSync(each))).toEqual([]);
});
