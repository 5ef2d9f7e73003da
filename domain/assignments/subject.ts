import { isPlainText } from "@/domain/text";

/** How a license distinguishes users: OIDC subjects are case-sensitive, `DOMAIN\user` isn't. */
export type SubjectMatching = "folded" | "exact";

/** Printable ASCII without spaces at its ends, as most subjects are: folding such a subject only lowers its case. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * The form in which subjects are compared if case and spelling don't count. It is lowercased before it is uppercased,
 * since the capital ẞ has no other capital: only this makes STRAẞE, straße and STRASSE equal.
 */
export function foldSubject(subject: string): string {
  if (PLAIN.test(subject)) return subject.toLowerCase();
  return folded(trimmed(subject)).normalize("NFC");
}

/**
 * The key that is equal for two spellings of one user of a license. Exact matching too ignores white space at the
 * ends and Unicode composition.
 */
export function subjectKey(subject: string, matching: SubjectMatching): string {
  return matching === "folded" ? foldSubject(subject) : trimmed(subject);
}

/** The key of a fragment of a subject, whose white space counts: the key of a subject contains that of its fragments. */
export function subjectFragmentKey(part: string, matching: SubjectMatching): string {
  return matching === "folded" ? folded(part).normalize("NFC") : part.normalize("NFC");
}

export function isSubject(value: unknown): value is string {
  return isPlainText(value) && value.trim() !== "";
}

function folded(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase();
}

function trimmed(subject: string): string {
  return subject.trim().normalize("NFC");
}
