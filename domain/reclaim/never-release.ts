import { foldSubject } from "@/domain/assignments/subject";

export const EXEMPTION_KINDS = ["subject", "pattern", "directory"] as const;
export type ExemptionKind = (typeof EXEMPTION_KINDS)[number];

export function isExemptionKind(value: unknown): value is ExemptionKind {
  return EXEMPTION_KINDS.some((kind) => kind === value);
}

/**
 * Users whose seats no rule releases: one subject, all that match a pattern (`*` is any text, `?` any character), or a
 * directory, which comes before the backslash or after the at sign: `ACME` of `ACME\bob`, `acme.example` of
 * `bob@acme.example`.
 */
export type Exemption = { kind: ExemptionKind; text: string };

/** An exemption in the form in which two are the same. */
export function exemptionKey({ kind, text }: Exemption): string {
  return kind === "directory" ? directoryOf(text) : foldSubject(text);
}

/**
 * Whether a subject is on the list. Case never counts here, also where a license distinguishes users by it: the list
 * rather keeps a seat too many.
 */
export function neverReleased(exemptions: readonly Exemption[]): (subject: string) => boolean {
  const keysOf = (wanted: ExemptionKind) =>
    exemptions.filter(({ kind }) => kind === wanted).map((exemption) => exemptionKey(exemption));
  const [subjects, directories] = [new Set(keysOf("subject")), new Set(keysOf("directory"))];
  const patterns = keysOf("pattern");
  return (subject) => {
    const key = foldSubject(subject);
    return (
      subjects.has(key) ||
      (directories.size > 0 && directoriesIn(key).some((directory) => directories.has(directory))) ||
      patterns.some((pattern) => matches(pattern, key))
    );
  };
}

/** People also write `ACME\` and `@acme.example`. */
function directoryOf(text: string): string {
  return foldSubject(foldSubject(text).replace(/^@|\\$/g, ""));
}

function directoriesIn(key: string): string[] {
  const [slash, at] = [key.indexOf("\\"), key.lastIndexOf("@")];
  return [...(slash > 0 ? [key.slice(0, slash)] : []), ...(at >= 0 ? [key.slice(at + 1)] : [])];
}

/** Matches wildcards without backtracking further than to the last `*`, so that no pattern takes long. */
function matches(pattern: string, text: string): boolean {
  const [wanted, given] = [[...pattern], [...text]];
  let [at, from] = [0, 0];
  let star: { at: number; from: number } | null = null;
  while (from < given.length) {
    if (wanted[at] === "*") {
      star = { at, from };
      at += 1;
    } else if (wanted[at] === "?" || wanted[at] === given[from]) {
      at += 1;
      from += 1;
    } else if (star) {
      star = { at: star.at, from: star.from + 1 };
      at = star.at + 1;
      from = star.from;
    } else return false;
  }
  return wanted.slice(at).every((character) => character === "*");
}
