import { isPlainText } from "@/domain/text";

/** How a license tells users apart: OIDC subjects are case-sensitive, `DOMAIN\user` is not. */
export type SubjectMatching = "folded" | "exact";

/** Printable ASCII without spaces at its ends, as most subjects are: folding only lowers the case of these. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * The form in which subjects are compared when case and spelling do not count. It goes down before it goes up, since
 * the capital ẞ has no other capital: only so do STRAẞE, straße and STRASSE meet.
 */
export function foldSubject(subject: string): string {
  if (PLAIN.test(subject)) return subject.toLowerCase();
  return trimmed(subject).toLowerCase().toUpperCase().toLowerCase().normalize("NFC");
}

/** What makes two subjects the same user of a license; also exact matching is blind to white space around and to Unicode composition. */
export function subjectKey(subject: string, matching: SubjectMatching): string {
  return matching === "folded" ? foldSubject(subject) : trimmed(subject);
}

export function isSubject(value: unknown): value is string {
  return isPlainText(value) && value.trim() !== "";
}

function trimmed(subject: string): string {
  return subject.trim().normalize("NFC");
}
