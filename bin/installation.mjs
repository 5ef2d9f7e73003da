import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder where this program is installed. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything that determines the build. Modification times don't count: archives and copies set older ones. */
const SOURCES = [
  "agent",
  "api",
  "app",
  "bin",
  "cli",
  "components",
  "contract",
  "domain",
  "machine",
  "prisma",
  "server",
  "instrumentation-client.ts",
  "instrumentation.ts",
  "next.config.js",
  "package-lock.json",
  "package.json",
  "prisma.config.ts",
  "proxy.ts",
];

const require = createRequire(join(ROOT, "package.json"));

/** Whether this is the packed package, which has a build and no sources. */
export const isPacked = () => !existsSync(join(ROOT, "app"));

/** A hash over the contents of all sources, the lock file and the version. */
export function hashOfSources() {
  const hash = createHash("sha256");
  for (const path of SOURCES.flatMap(filesAt)) {
    const bytes = readFileSync(join(ROOT, path));
    hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex").slice(0, 20);
}

function filesAt(path) {
  if (path === "prisma/client" || /\.test\.tsx?$/.test(path)) return [];
  const names = namesIn(path);
  return names ? names.sort().flatMap((name) => filesAt(`${path}/${name}`)) : [path];
}

/** The names in a folder; null for a file. A missing folder has none. */
function namesIn(path) {
  try {
    return readdirSync(join(ROOT, path));
  } catch (error) {
    if (error.code === "ENOENT") return [];
    if (error.code === "ENOTDIR") return null;
    throw error;
  }
}

/** The folder of a package that this program depends on, wherever the package manager put it. */
export function folderOf(name) {
  const folder = require.resolve.paths(name).find((path) => existsSync(join(path, name, "package.json")));
  if (!folder) throw new Error(`The package ${name} is not installed. Run "npm install" in ${ROOT}.`);
  return join(folder, name);
}

/** The script of a tool that comes in a package of the same name. */
export function toolOf(name) {
  const { bin } = JSON.parse(readFileSync(join(folderOf(name), "package.json"), "utf8"));
  return join(folderOf(name), typeof bin === "string" ? bin : bin[name]);
}

/** Writes to another name and then renames, so that nobody ever reads a partial file. */
export function writeWhole(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, text);
  renameSync(aside, path);
}

/** Runs work that writes into the installation; if this user can't, the error says who can. */
export async function whereWritable(work) {
  try {
    accessSync(ROOT, constants.W_OK);
    return await work();
  } catch (error) {
    if (!["EACCES", "EPERM", "EROFS"].includes(error.code)) throw error;
    throw new Error(
      `Signet isn't built, and this user can't write to ${ROOT}. Run "npm run build" there as the user who owns that folder.`,
      { cause: error },
    );
  }
}
