import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { open } from "lmdb";
import { expect, test } from "vitest";
import { openStore } from "./store";
import { damageOf } from "./store-check";
import { inFolder } from "./store-folder";
import { newFolder } from "./test-agent";

const reading = { wall: 1000, ticks: 0 };
const source = (name: string) => () => name;

/** A folder whose store has some hundreds of sessions, written often enough to have free pages. */
async function filledFolder(): Promise<{ folder: string; file: string }> {
  const folder = newFolder();
  const store = await openStore(folder, { isFast: true });
  let state = store.load(reading, source("first"));
  for (let round = 0; round < 20; round++) {
    const used = new Map(Array.from({ length: 400 }, (_, i) => [`user-${i}`, `2026-03-${10 + round}`]));
    const next = { ...state, used };
    store.save(state, next);
    state = next;
  }
  await store.close();
  return { folder, file: join(folder, "agent.mdb") };
}

/** Uses the store. If the check misses a damaged page, the signal ends the test process too. */
async function used(folder: string): Promise<void> {
  const store = await openStore(folder, { isFast: true });
  let state = store.load(reading, source("second"));
  expect(state.used.size).toBe(400);
  for (let day = 1; day < 6; day++) {
    const next = { ...state, used: new Map([...state.used.keys()].map((user) => [user, String(day)])) };
    store.save(state, next);
    state = next;
  }
  await store.close();
}

const DAMAGES: [string, (file: string) => void][] = [
  ["cut to nothing", (file) => truncateSync(file, 0)],
  ["cut to half", (file) => truncateSync(file, readFileSync(file).length / 2)],
  ["cut to its first page", (file) => truncateSync(file, 4096)],
  ["full of zeros", (file) => writeFileSync(file, Buffer.alloc(readFileSync(file).length))],
  ["of another format", (file) => writeFileSync(file, "SQLite format 3\0".padEnd(16_384, "x"))],
  ["a text", (file) => writeFileSync(file, "hello")],
];

test.each(DAMAGES)("a store that is %s is reported, and not touched", async (_, damage) => {
  const { folder, file } = await filledFolder();
  damage(file);
  const before = readFileSync(file);
  const opened = openStore(folder);
  await expect(opened).rejects.toThrow(`The local store ${file} is damaged: `);
  await expect(opened).rejects.toThrow("start once with --reset");
  expect(readFileSync(file).equals(before)).toBe(true);
});

/** Each try is a process. */
const EVERY_NTH_PAGE = process.env.SIGNET_TEST === "all" ? 3 : 5;

test("a store with an overwritten page is opened only if it can be used", async () => {
  const { folder, file } = await filledFolder();
  const whole = readFileSync(file);
  const damages: string[] = [];
  for (let at = 0; at < whole.length; at += EVERY_NTH_PAGE * 4096) {
    const bytes = Buffer.from(whole);
    bytes.fill(0xa5, at + 24, at + 400);
    writeFileSync(file, bytes);
    const damage = await damageOf(file);
    if (damage) damages.push(damage);
    else await used(folder);
  }
  expect(damages.length).toBeGreaterThan(2);
  expect(damages.join()).toMatch(/entries can be read|SIG/);
});

test("a flipped bit inside a value is detected, even if everything can be read", async () => {
  const { folder, file } = await filledFolder();
  const bytes = readFileSync(file);
  const value = Buffer.from('"2026-03-29"');
  const flip = (at: number) => bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  for (let at = bytes.indexOf(value); at >= 0; at = bytes.indexOf(value, at + 1)) flip(at + 10);
  writeFileSync(file, bytes);
  expect(await damageOf(file)).toBeNull();
  const opened = openStore(folder);
  await expect(opened).rejects.toThrow(
    /is damaged: used user-\d+ doesn't match its checksum\. Restore its folder/,
  );
  await expect(opened).rejects.toThrow("start once with --reset");
});

test("a store of a release without checksums is read, and new values get one", async () => {
  const folder = newFolder();
  const before = open<unknown, string[]>({ path: join(folder, "agent.mdb"), encoding: "json" });
  before.putSync(["source"], "first");
  before.putSync(["used", "ann"], "2026-03-10");
  await before.close();
  const store = await openStore(folder);
  const state = store.load(reading, source("second"));
  expect(state).toMatchObject({ source: "first", used: new Map([["ann", "2026-03-10"]]) });
  store.save(state, { ...state, used: new Map([["ann", "2026-03-11"]]) });
  await store.close();
  const back = open<unknown, string[]>({ path: join(folder, "agent.mdb"), encoding: "json" });
  expect(back.get(["used", "ann"])).toBe("2026-03-11");
  await back.close();
  expect(readFileSync(join(folder, "agent.mdb")).toString("latin1")).toMatch(/"2026-03-11"[ \t\n\r]{16}/);
});

test("an intact store is opened after a check in another process", async () => {
  const { folder } = await filledFolder();
  const store = await openStore(folder);
  expect(store.load(reading, source("second"))).toMatchObject({ source: "first" });
  await store.close();
});

test("a reset starts with an empty store and keeps the old one, which can be restored", async () => {
  const { folder, file } = await filledFolder();
  const whole = readFileSync(file);
  const told: string[] = [];
  const at = new Date("2026-11-28T20:30:00.000Z");
  const fresh = await openStore(folder, { reset: at, log: (line) => told.push(line) });
  expect(fresh.load(reading, source("second"))).toMatchObject({ source: "second", used: new Map() });
  await fresh.close();
  const aside = `${file}.2026-11-28T20-30-00-000Z`;
  expect(told).toEqual([expect.stringContaining(`kept as ${aside}`)]);
  expect(readFileSync(aside).equals(whole)).toBe(true);
  writeFileSync(file, whole);
  const back = await openStore(folder);
  expect(back.load(reading, source("third"))).toMatchObject({ source: "first" });
  await back.close();
});

test("a reset of an empty folder is a start, and one of a folder in use is refused", async () => {
  const folder = newFolder();
  const store = await openStore(folder, { reset: new Date() });
  await expect(openStore(folder, { reset: new Date() })).rejects.toThrow("in use by a running agent");
  await store.close();
  expect(readdirSync(folder).filter((name) => name.startsWith("agent.mdb."))).toEqual([]);
});

test("a reset replaces a damaged store", async () => {
  const { folder, file } = await filledFolder();
  truncateSync(file, 4096);
  const store = await openStore(folder, { reset: new Date() });
  expect(store.load(reading, source("second"))).toMatchObject({ source: "second" });
  await store.close();
});

test("a folder that is a file, or below one, is reported", async () => {
  const path = join(newFolder(), "file");
  writeFileSync(path, "");
  await expect(openStore(path)).rejects.toThrow(
    `The folder ${path} of the local store can't be used. It is a file.`,
  );
  await expect(openStore(join(path, "below"))).rejects.toThrow("A part of its path is a file.");
});

test.each([
  ["ENOSPC", "ENOSPC: no space left on device, write", "The disk is full."],
  ["EACCES", "EACCES: permission denied, open", "It can't be written."],
  ["EROFS", "EROFS: read-only file system, open", "It is on a read-only file system."],
  [undefined, "No space left on device", "The disk is full."],
  [undefined, "Permission denied", "It can't be written."],
])("%s of the system (%s) is reported in words", (code, message, words) => {
  const told = inFolder("/data", Object.assign(new Error(message), { code }));
  expect(String(told)).toContain(`The folder /data of the local store can't be used. ${words}`);
});

test("an error that isn't the folder's stays as it is", () => {
  const fault = new Error("something else");
  expect(inFolder("/data", fault)).toBe(fault);
});
