import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isBuilt, packagesOfBuild, writeMark } from "./build-mark.mjs";
import { bundle, PROGRAMS } from "./bundle.mjs";
import { ensureClient } from "./client.mjs";
import { folderOf, isPacked, ROOT, toolOf, whereWritable } from "./installation.mjs";
import { run } from "./tool.mjs";

const OUTPUT = join(ROOT, ".next");
const LINKS = join(OUTPUT, "node_modules");
/** Folders that a development server and the type checker keep beside a build. */
const NOT_OURS = ["dev", "types"];
/** Files that only the build needs, not a running server. */
const LEFTOVERS = ["cache", "diagnostics", "trace", "trace-build", "turbopack"];

/** Builds the parts that are missing or outdated. A build that was interrupted starts again. */
export async function build({ say = () => {} } = {}) {
  if (!isBuilt()) await whereWritable(() => buildAll(say));
  for (const program of PROGRAMS) await bundle(program);
  if (packagesOfBuild().some((name) => !existsSync(join(LINKS, name)))) await whereWritable(linkPackages);
}

async function buildAll(say) {
  if (isPacked()) throw new Error("This package is incomplete. Install it again.");
  say("Building Signet. This happens once and takes a minute or two.");
  clear(OUTPUT, (name) => !NOT_OURS.includes(name));
  say("  1 of 3  the client of the store");
  await ensureClient();
  say("  2 of 3  the console and the APIs");
  await run("next", toolOf("next"), "build");
  say("  3 of 3  the command and the agent");
  clear(OUTPUT, (name) => LEFTOVERS.includes(name));
  for (const program of PROGRAMS) await bundle(program);
  writeMark(packagesLinked());
}

/** The build refers to external packages by its own names, and finds them through links. */
function packagesLinked() {
  return namesIn(LINKS).flatMap((name) =>
    name.startsWith("@") ? namesIn(join(LINKS, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}

/** Links aren't part of a packed package, and point elsewhere once it is installed. */
function linkPackages() {
  for (const name of packagesOfBuild().filter((name) => !existsSync(join(LINKS, name)))) {
    const link = join(LINKS, name);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(link), folderOf(name.replace(/-[0-9a-f]{16}$/, ""))), link, "junction");
  }
}

const namesIn = (folder) => (existsSync(folder) ? readdirSync(folder) : []);

function clear(folder, isDropped) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter(isDropped))
    rmSync(join(folder, name), { recursive: true, force: true });
}
