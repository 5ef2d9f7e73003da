import { distance } from "fastest-levenshtein";

/** Words that say only in which form a company is registered. */
const LEGAL_FORMS = new Set(
  "ag ab as bv co company corp corporation gmbh inc incorporated kg limited llc llp ltd nv oy plc pty sa sarl se spa srl".split(
    " ",
  ),
);
/** This many letters, a name of so many letters may be mistyped by. */
const TYPO_PER = 6;
const MOST_TYPOS = 2;
const FEWEST = 4;

/**
 * The known name that a new one is probably meant to be: the same but for case, accents, punctuation and legal forms,
 * one that it begins, or one that is a typing error away. Null if there is none, or if the name itself is known.
 */
export function similarName(name: string, known: readonly string[]): string | null {
  const wanted = essence(name);
  if (wanted.length < FEWEST || known.some((other) => isSame(other, name))) return null;
  const near = known.flatMap((other) => {
    const typos = typosBetween(wanted, essence(other));
    return typos === null ? [] : [{ other, typos }];
  });
  return near.toSorted((one, next) => one.typos - next.typos)[0]?.other ?? null;
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** How far one name is from another; null if too far. */
function typosBetween(wanted: string, other: string): number | null {
  if (other.startsWith(`${wanted} `)) return MOST_TYPOS + 1;
  const allowed = Math.min(MOST_TYPOS, Math.floor(Math.min(wanted.length, other.length) / TYPO_PER));
  if (Math.abs(wanted.length - other.length) > allowed) return null;
  const typos = distance(wanted, other);
  return typos <= allowed ? typos : null;
}

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
