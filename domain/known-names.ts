import { distance } from "fastest-levenshtein";
import { foldSubject } from "@/domain/assignments/subject";

/** Words that say only in which form a company is registered. */
const LEGAL_FORMS = new Set(
  "ag ab as bv co company corp corporation gmbh inc incorporated kg limited llc llp ltd nv oy plc pty sa sarl se spa srl".split(
    " ",
  ),
);
/** A name may have one typing error for this many of its letters. */
const LETTERS_PER_TYPO = 6;
const MOST_TYPOS = 2;
const FEWEST = 4;

/** Names that are known already. */
export type KnownNames = {
  /** Whether a name is one of them; case doesn't count. */
  has(name: string): boolean;
  /**
   * The one that an unknown name is probably meant to be: the same but for accents, punctuation and legal forms, one
   * that it begins, or one that is a typing error away. Null if there is none, or if the name itself is known.
   */
  similarTo(name: string): string | null;
};

export function knownNames(names: readonly string[]): KnownNames {
  const keys = new Set(names.map(foldSubject));
  const has = (name: string) => keys.has(foldSubject(name));
  let telling: { name: string; part: string }[] | null = null;
  const similarTo = (name: string) => {
    const wanted = essence(name);
    if (wanted.length < FEWEST || has(name)) return null;
    telling ??= names.map((other) => ({ name: other, part: essence(other) })); // once for any number of questions
    const near = telling.flatMap(({ name: other, part }) => {
      const typos = typosBetween(wanted, part);
      return typos === null ? [] : [{ other, typos }];
    });
    return near.toSorted((one, next) => one.typos - next.typos)[0]?.other ?? null;
  };
  return { has, similarTo };
}

/** How many typing errors one essence is from another; null if too many. */
function typosBetween(wanted: string, other: string): number | null {
  if (other.startsWith(`${wanted} `)) return MOST_TYPOS + 1;
  const allowed = Math.min(MOST_TYPOS, Math.floor(Math.min(wanted.length, other.length) / LETTERS_PER_TYPO));
  if (Math.abs(wanted.length - other.length) > allowed) return null;
  const typos = distance(wanted, other);
  return typos <= allowed ? typos : null;
}

/** The words of a name that identify it, in one spelling. */
function essence(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[.'’]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const telling = words.filter((word) => !LEGAL_FORMS.has(word));
  return (telling.length > 0 ? telling : words).join(" ");
}
