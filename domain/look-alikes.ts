/** A position where a text looks like another one: `at` counts characters (code points) from 1. */
export type Hidden = { kind: "invisible" | "damaged" | "blanks"; at: number; code: string };

/** Scripts whose letters use joiners, so that a joiner between two of them belongs to the spelling. */
const JOINING = [
  ...["Arab", "Syrc", "Nkoo", "Mand", "Mong", "Phag", "Adlm", "Rohg"],
  ...["Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Khmr", "Mymr", "Tibt"],
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join("");
const LETTER = `(?=[\\p{L}\\p{M}])[${JOINING}]`;
const JOINED = `(?<=${LETTER})[\\u200c\\u200d](?=${LETTER})`;
/**
 * Format and other characters without a shape of their own, and line breaks; variation selectors belong to the
 * character before them.
 */
const INVISIBLE = "(?!\\p{Variation_Selector})[\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Zl}\\p{Zp}]";
const HIDDEN = new RegExp(
  `${JOINED}|(?<invisible>${INVISIBLE})|(?<damaged>\\ufffd)|(?<blanks>(?<=\\S)\\s{2,}(?=\\S))`,
  "gu",
);
/** Matches most names at a tenth of the cost: files of 100,000 lines are checked here. */
const PLAIN = /^(?:[!-~]| (?! ))*$/;
const SHAPELESS = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** The first invisible or replacement character of a text; null if it has none. */
export function hiddenIn(text: string): Hidden | null {
  if (PLAIN.test(text)) return null;
  for (const { groups = {}, index, 0: found } of text.matchAll(HIDDEN)) {
    const kind = groups.invisible
      ? "invisible"
      : groups.damaged
        ? "damaged"
        : groups.blanks
          ? "blanks"
          : null;
    const code = found.codePointAt(0) ?? 0;
    if (kind) return { kind, at: [...text.slice(0, index)].length + 1, code: codeText(code) };
  }
  return null;
}

/** What is wrong at a hidden character, and what to do: a sentence that follows the name of the field. */
export function hiddenText({ kind, at, code }: Hidden): string {
  const place = `at position ${at}`;
  if (kind === "blanks") return `It has several spaces in a row ${place}. Use one.`;
  if (kind === "damaged")
    return `It has a replacement character (${code}) ${place}: a letter was lost. Type it again.`;
  return `It has an invisible character (${code}) ${place}. Type it again without it.`;
}

/** A text in segments: visible text, and words for the hidden characters. */
export function shownSegments(text: string): { words: string; isHidden: boolean }[] {
  const parts: { words: string; isHidden: boolean }[] = [];
  let from = 0;
  for (const { groups = {}, index, 0: found } of text.matchAll(HIDDEN)) {
    if (!groups.invisible && !groups.blanks) continue;
    parts.push({ words: text.slice(from, index), isHidden: false });
    const words = groups.blanks ? `${[...found].length} spaces` : codeText(found.codePointAt(0) ?? 0);
    parts.push({ words, isHidden: true });
    from = index + found.length;
  }
  parts.push({ words: text.slice(from), isHidden: false });
  return parts.filter(({ words }) => words !== "");
}

/** The key that is equal for all texts that look alike because of hidden characters. */
export function lookAlikeKey(text: string): string {
  if (!/[^\x21-\x7e]/.test(text)) return text;
  return text.replace(SHAPELESS, "").replace(/\s+/g, " ").trim().normalize("NFC");
}

function codeText(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
