/** A place in a text where it looks like another one: `at` counts characters (code points) from 1. */
export type Hidden = { kind: "invisible" | "damaged" | "blanks"; at: number; code: string };

/** Scripts whose letters join or break by a joiner, so that one between two of them is a part of the spelling. */
const JOINING = [
  ...["Arab", "Syrc", "Nkoo", "Mand", "Mong", "Phag", "Adlm", "Rohg"],
  ...["Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Khmr", "Mymr", "Tibt"],
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join("");
const LETTER = `(?=[\\p{L}\\p{M}])[${JOINING}]`;
const JOINED = `(?<=${LETTER})[\\u200c\\u200d](?=${LETTER})`;
/** Format and other characters without a shape of their own, and breaks of lines; variation selectors belong to what they follow. */
const INVISIBLE = "(?!\\p{Variation_Selector})[\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Zl}\\p{Zp}]";
const HIDDEN = new RegExp(
  `${JOINED}|(?<invisible>${INVISIBLE})|(?<damaged>\\ufffd)|(?<blanks>(?<=\\S)\\s{2,}(?=\\S))`,
  "gu",
);
/** What most names are, told at a tenth of the cost: files of 100,000 are looked at here. */
const PLAIN = /^(?:[!-~]| (?! ))*$/;
const SHAPELESS = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** The first place in a text that nobody sees, or that stands for what was lost; null in a text that is what it looks like. */
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

/** What is wrong at such a place, and what to do: a sentence that follows the name of what was written. */
export function hiddenText({ kind, at, code }: Hidden): string {
  const place = `at position ${at}`;
  if (kind === "blanks") return `It has several spaces in a row ${place}. Use one.`;
  if (kind === "damaged")
    return `It has a replacement character (${code}) ${place}: a letter was lost. Type it again.`;
  return `It has an invisible character (${code}) ${place}. Type it again without it.`;
}

/** A text in parts: what everybody sees, and in words of their own the places that nobody does. */
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

/** The same for all texts that look alike by such characters. */
export function lookAlikeKey(text: string): string {
  if (!/[^\x21-\x7e]/.test(text)) return text;
  return text.replace(SHAPELESS, "").replace(/\s+/g, " ").trim().normalize("NFC");
}

function codeText(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
