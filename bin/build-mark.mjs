import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashOfSources, isPacked, ROOT, writeWhole } from "./installation.mjs";

/** Written last: a build without it was interrupted. */
const MARK = join(ROOT, ".next/signet.json");

let identity;

/** What this installation is built from, or in a packed package was built from. */
export function buildIdentity() {
  identity ??= isPacked() ? (readMark()?.identity ?? "") : hashOfSources();
  return identity;
}

export function isBuilt() {
  return existsSync(join(ROOT, ".next/BUILD_ID")) && readMark()?.identity === buildIdentity();
}

/** `packages` are those that the build left outside, by the names that it gave them. */
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
