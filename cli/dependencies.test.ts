import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";

const FOLDERS = [
  "agent",
  "api",
  "app",
  "bin",
  "cli",
  "client",
  "components",
  "contract",
  "domain",
  "machine",
  "prisma",
  "server",
];
const FILES = [
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.js",
  "prisma.config.ts",
  "proxy.ts",
];
const IMPORT = /(?:\bfrom|\bimport|\bimport\(|\brequire\(|resolve\()\s*"([@\w.][\w@./:-]*)"/g;

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

test("everything that runs in production is installed without the development dependencies", () => {
  const missing = [...FOLDERS.flatMap(filesBelow), ...FILES]
    .flatMap(packagesIn)
    .filter((name) => !(name in dependencies));
  expect(missing).toEqual([]);
});

test("the scan sees static and dynamic imports", () => {
  expect(packagesIn("server/maintenance/jobs.ts")).toContain("pg-boss");
  expect(packagesIn("bin/serve.mjs")).toContain("next");
});

/** docs/decisions/018-private-apis.md says what we use of each, and what breaks. */
const PINNED = [
  "@electric-sql/pglite",
  "@prisma/adapter-pg",
  "@prisma/client",
  "@prisma/driver-adapter-utils",
  "@prisma/schema-engine-wasm",
  "next",
  "pglite-prisma-adapter",
  "prisma",
];

test.each(PINNED)("%s is pinned to one version, because we use private parts of it", (name) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  expect(dependencies[name]).toBe(version);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .filter(({ name }) => !/\.test\.tsx?$|^test-|^kill-victim/.test(name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** The packages that a file imports by name; `@/` is this project. */
function packagesIn(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(IMPORT)]
    .map(([, name = ""]) => name)
    .filter((name) => !/^(\.|@\/)/.test(name) && !isBuiltin(name))
    .map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
}
