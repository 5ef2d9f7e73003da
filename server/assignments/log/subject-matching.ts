import { LRUCache } from "lru-cache";
import { type AliasPair, aliasesOf, userIndexOf } from "@/domain/assignments/aliases";
import { subjectKey } from "@/domain/assignments/subject";
import { subjectHash } from "@/domain/offline/offline-log";
import { offlineSaltOf } from "@/server/checkouts/offline-secrets";
import type { AdmittedLicense } from "@/server/deployments/admission";
import type { DataKeys } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import { perProcess } from "@/server/store/per-process";

/** How a license compares subjects, whether they are hashed too, and whether some are aliases. */
export type Matching = Pick<AdmittedLicense, "subject_matching" | "offline_hashes" | "has_aliases">;

const MOST_KNOWN = 20_000;
const USUAL: Matching = { subject_matching: "folded", offline_hashes: false, has_aliases: false };

const known = () => perProcess("subject-matching", () => new LRUCache<string, Matching>({ max: MOST_KNOWN }));

/** How a license compared subjects when it was read last. The indexes that its rows are read by depend on it. */
export function likelyMatching(license: string): Matching {
  return known().get(license) ?? USUAL;
}

/** Remembers how a license compares subjects, as it was read under its lock. */
export function noteMatching(
  license: string,
  { subject_matching, offline_hashes, has_aliases }: Matching,
): Matching {
  const matching = { subject_matching, offline_hashes, has_aliases };
  known().set(license, matching);
  return matching;
}

export function isSameMatching(one: Matching, other: Matching): boolean {
  return (
    one.subject_matching === other.subject_matching &&
    one.offline_hashes === other.offline_hashes &&
    one.has_aliases === other.has_aliases
  );
}

/** The index of a subject as it is spelled, and its hash if the license keeps hashes. */
export type Spelling = {
  spelledIndexOf: (subject: string) => string;
  hashOf: ((subject: string) => string) | undefined;
};

/** How subjects of a license are looked up; each is computed once. */
export function spellingIn(
  license: string,
  keys: DataKeys,
  { subject_matching: matching, offline_hashes }: Matching,
): Spelling {
  const salt = offline_hashes ? offlineSaltOf(license, keys) : null;
  return {
    spelledIndexOf: remembered((subject) => macInHex(keys.mac, subjectKey(subject, matching))),
    hashOf: salt ? remembered((subject) => subjectHash(salt, subject, matching)) : undefined,
  };
}

/** How subjects name users, once the aliases that they may meet are read. */
export function usersIn(
  pairs: readonly AliasPair[] | null | undefined,
  { spelledIndexOf, hashOf }: Spelling,
) {
  const aliases = aliasesOf(pairs ?? [], spelledIndexOf);
  return { indexOf: userIndexOf(aliases, spelledIndexOf), aliases, hashOf };
}

/** Memoizes a function: a change needs the same subject when it loads, decides and saves. */
function remembered(result: (subject: string) => string): (subject: string) => string {
  const found = new Map<string, string>();
  return (subject) => {
    const before = found.get(subject) ?? result(subject);
    found.set(subject, before);
    return before;
  };
}
