import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

/** An installation with few sources, and a build that claims to be made of them. */
let root: string;
beforeEach(async () => {
  root = join(tmpdir(), `signet-build-${randomUUID()}`);
  cpSync("bin", join(root, "bin"), { recursive: true });
  for (const file of ["app/page.tsx", "package.json", "package-lock.json", ".next/BUILD_ID"])
    write(file, "{}");
  (await buildMark()).writeMark([]);
});
afterEach(() => {
  chmodSync(root, 0o755);
  rmSync(root, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** The mark as a process that starts now sees it. */
function buildMark(): Promise<typeof import("@/bin/build-mark.mjs")> {
  return import(`${pathToFileURL(join(root, "bin/build-mark.mjs")).href}?${randomUUID()}`);
}

const isBuilt = async () => (await buildMark()).isBuilt();

test.each([
  ["nothing", () => {}],
  ["the times of files, older or newer", () => utimesSync(join(root, "app/page.tsx"), 1, 4e9)],
  ["a test", () => write("app/page.test.ts", "new")],
  ["generated code", () => write("prisma/client/client.ts", "new")],
])("a build stays valid if %s changed", async (_, change) => {
  change();
  expect(await isBuilt()).toBe(true);
});

test.each([
  ["a source", () => write("app/page.tsx", "new")],
  ["a source more", () => write("server/more.ts", "")],
  ["a source less", () => rmSync(join(root, "app/page.tsx"))],
  ["the lock", () => write("package-lock.json", "new")],
  ["the version", () => write("package.json", '{ "version": "9.0.0" }')],
  ["a migration", () => write("prisma/migrations/1/migration.sql", "")],
  ["the program that builds", () => write("bin/build.mjs", "")],
  ["its mark, which an interrupted build lacks", () => rmSync(join(root, ".next/signet.json"))],
  ["half of its mark", () => write(".next/signet.json", "{")],
  ["its output", () => rmSync(join(root, ".next/BUILD_ID"))],
])("a build is repeated if %s changed", async (_, change) => {
  change();
  expect(await isBuilt()).toBe(false);
});

test("a packed installation has no sources, and relies on its mark", async () => {
  rmSync(join(root, "app"), { recursive: true });
  expect(await isBuilt()).toBe(true);
});

test.skipIf(process.platform === "win32")(
  "the error for a folder that can't be written says who can build",
  () => {
    write("app/page.tsx", "new");
    chmodSync(root, 0o555);
    const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {}; // Root may write everywhere.
    const built = spawnSync(process.execPath, [join(root, "bin/signet.mjs"), "build"], {
      ...uid,
      cwd: "/",
      encoding: "utf8",
    });
    expect([built.status, built.stderr]).toEqual([
      1,
      `Signet isn't built, and this user can't write to ${root}. Run "npm run build" there as the user who owns that folder.\n`,
    ]);
  },
);
