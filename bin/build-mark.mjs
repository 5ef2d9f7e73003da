import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashOfSources, isPacked, ROOT, writeWhole } from "./installation.mjs";

/** Written last: a build without this mark was interrupted. */
const MARK = join(ROOT, ".next/signet.json");

let identity;

/** The identity of the sources that this installation is built from, or that a packed package was built from. */
export function buildIdentity() {
  identity ??= isPacked() ? (readMark()?.identity ?? "") : hashOfSources();
  return identity;
}

export function isBuilt() {
  return existsSync(join(ROOT, ".next/BUILD_ID")) && readMark()?.identity === buildIdentity();
}

/** `packages` are the packages that the build left external, by the names that it gave them. */
export function writeMark(packages) {
  writeWhole(MARK, JSON.stringify({ identity: buildIdentity(), packages }));
}

export const packagesOfBuild = () => readMark()?.packages ?? [];

function readMark() {
  try {
    return JSON.parse(readFileSync(MARK, "utf8"));
  } catch {
    return null;
  }
}
