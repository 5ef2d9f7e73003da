import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FolderInUse, holdFolder as hold } from "./locked-folder";

const LISTEN = `require("node:net").createServer().listen(process.argv[1], () => console.log("held"))`;

const HOLDER = { program: "Signet", socket: "lock.sock", setting: "DATA_DIR" };
const holdFolder = (path: string) => hold(path, HOLDER);

let folder: string;
beforeEach(() => {
  folder = join(tmpdir(), `signet-held-${randomUUID()}`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a held folder", () => {
  test("is created if it is missing, and can be held again once it was released", async () => {
    const release = await holdFolder(folder);
    await release();
    await (await holdFolder(folder))();
    expect(existsSync(folder)).toBe(true);
  });

  test("refuses a second process, with its path and what to do", async () => {
    const release = await holdFolder(folder);
    await expect(holdFolder(folder)).rejects.toThrow(FolderInUse);
    await expect(holdFolder(folder)).rejects.toThrow(
      `${folder} is in use by a running Signet. Stop that one first`,
    );
    await release();
  });

  test("is held against another process, and is free after that process was killed", async () => {
    const holder = await processHolding(folder);
    await expect(holdFolder(folder)).rejects.toThrow(FolderInUse);
    await killed(holder);
    expect(existsSync(join(folder, "lock.sock"))).toBe(true);
    await (await holdFolder(folder))();
  });

  test("goes to only one of many that find it left by a killed process", async () => {
    await killed(await processHolding(folder));
    const starts = await Promise.allSettled(Array.from({ length: 12 }, () => holdFolder(folder)));
    const held = starts.filter((start) => start.status === "fulfilled");
    expect(held).toHaveLength(1);
    expect(starts.filter((start) => start.status === "rejected").map(({ reason }) => reason)).toEqual(
      Array(11).fill(expect.any(FolderInUse)),
    );
    for (const { value: release } of held) await release();
  });

  test("can be taken over even if an earlier takeover was killed long ago", async () => {
    await killed(await processHolding(folder));
    const guard = join(folder, "lock.sock.takeover");
    mkdirSync(guard);
    await expect(holdFolder(folder)).rejects.toThrow(FolderInUse);
    utimesSync(guard, 0, 0);
    await (await holdFolder(folder))();
    expect(existsSync(guard)).toBe(false);
  });

  test("has a path that is short enough for a socket in it", async () => {
    const deep = join(folder, ...Array(12).fill("twelve-bytes"));
    await expect(holdFolder(deep)).rejects.toThrow("The path of DATA_DIR is too long");
  });
});

async function processHolding(path: string) {
  mkdirSync(path, { recursive: true });
  const child = spawn(process.execPath, ["-e", LISTEN, join(path, "lock.sock")]);
  await once(child.stdout, "data");
  return child;
}

async function killed(child: Awaited<ReturnType<typeof processHolding>>): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}
