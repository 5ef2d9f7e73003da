import { foldSubject } from "@/domain/assignments/subject";

const HASHED = /^hash:(?:[0-9a-f]{32}|[0-9a-f]{64})$/;
/** The first character of every text that folds to a hashed subject. Most subjects begin otherwise and need no folding. */
const MAY_BE = /^\s*[h\u0080-\uffff]/i;
const SHOWN = 8;

/** The subject of a seat of which only a hash is known. */
export function hashedSubject(hash: string): string {
  return `hash:${hash.toLowerCase()}`;
}

/** The hash of a hashed subject, however it is spelled; null for any other subject. */
export function hashIn(subject: string): string | null {
  if (HASHED.test(subject)) return subject.slice("hash:".length);
  if (!MAY_BE.test(subject)) return null;
  const folded = foldSubject(subject);
  return HASHED.test(folded) ? folded.slice("hash:".length) : null;
}

/** A subject as people read it: a hash is shortened to its first digits. */
export function shownSubject(subject: string): string {
  const hash = hashIn(subject);
  return hash ? `hash ${hash.slice(0, SHOWN)}…` : subject;
}
