import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";

/** Words that docs/glossary.md replaces with standard ones. */
const PRIVATE = new Set(
  `answer answers deed deeds door fate fates fault faults follows glance glances held how lately ledger
   letters lonely made outcome outcomes part parts place places pool pools refused roster seal sealed
   site sites standing standings takes told torture trouble troubles unread unseal way ways weather
   words`.split(/\s+/),
);

/** Places where such a word is the standard one. */
const STANDARD: Record<string, string> = {
  "components/ui/seal-path.ts": "the drawn seal of a license",
  "components/ui/seal.module.css": "the drawn seal of a license",
  "components/ui/seal.tsx": "the drawn seal of a license",
  "fleet/faults.ts": "fault injection",
  "fleet/network-faults.ts": "fault injection",
  "server/store/pools.test.ts": "connection pools of PostgreSQL",
  "server/store/pools.ts": "connection pools of PostgreSQL",
  Seal: "the drawn seal of a license",
  sealPath: "the drawn seal of a license",
  endFaults: "fault injection",
  scheduleBackendFaults: "fault injection",
  scheduleMachineFaults: "fault injection",
  openPool: "connection pools of PostgreSQL",
  PoolChoice: "connection pools of PostgreSQL",
  sqlOnPool: "connection pools of PostgreSQL",
  TAKES_WRITES: "the verb: a store that takes writes",
  OutcomeUnknown: "the error code OUTCOME_UNKNOWN",
};

const EXPORT =
  /^export (?:default )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|type|interface|enum) (\w+)/gm;
const CODE = /\.(?:tsx?|mjs)$/;

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.(?:tsx?|mjs|module\.css)$/.test(file) && existsSync(file));
const exported = files
  .filter((file) => CODE.test(file))
  .flatMap((file) => exportsIn(readFileSync(file, "utf8")));

test("no file has a private word in its name", () => {
  expect(files.filter((file) => isPrivate(basename(file)) && !(file in STANDARD))).toEqual([]);
});

test("no exported name has a private word in it", () => {
  expect(exported.filter((name) => isPrivate(name) && !(name in STANDARD))).toEqual([]);
});

test("every exception is in use", () => {
  const used = new Set([...files, ...exported]);
  expect(Object.keys(STANDARD).filter((name) => !used.has(name))).toEqual([]);
});

test.each(["licensePool", "POOL_NAMES", "openLedger", "site-row.tsx", "SealStatus", "isTold"])(
  "%s has a private word",
  (name) => expect(isPrivate(name)).toBe(true),
);

test.each(["placeholder", "department", "website", "wordy", "HowlTime", "always.ts"])(
  "%s has no private word",
  (name) => expect(isPrivate(name)).toBe(false),
);

function exportsIn(text: string): string[] {
  return [...text.matchAll(EXPORT)].flatMap(([, name]) => name ?? []);
}

function isPrivate(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase();
  return words.split(/[^a-z\d]+/).some((word) => PRIVATE.has(word));
}
