/** A pasted file as it is read, and the removed parts in words. */
export type PastedLef = { text: string; removed: string[] };

const BOM = /^\uFEFF/;
/** The marks that a mail program puts before each line that it quotes. */
const QUOTES = /^[^\S\n]*(?:>[^\S\n]*)+/;
const BLANKS = /^[^\S\n]+|[^\S\n]+$/g;
/** Invisible characters that come along from mails and PDF. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const LINE_BREAK = /\r\n?|[\u0085\u2028\u2029]/g;

/** Removes what mail programs and editors add around the lines of a file. For paste and drop only: the wire is strict. */
export function cleanPastedLef(pasted: string): PastedLef {
  const whole = pasted.replace(BOM, "");
  const quoted = whole.replace(LINE_BREAK, "\n").split("\n");
  const bare = quoted.map((line) => line.replace(QUOTES, ""));
  const visible = bare.map((line) => line.replace(INVISIBLE, ""));
  const trimmed = visible.map((line) => line.replace(BLANKS, ""));
  const full = trimmed.filter((line) => line !== "");
  const removed = [
    whole === pasted ? null : "the byte order mark at the beginning",
    inLines("mail quote marks", changed(quoted, bare)),
    inLines("invisible characters", changed(bare, visible)),
    inLines("stray spaces", changed(visible, trimmed)),
    emptyLines(trimmed),
  ];
  return {
    text: full.map((line) => `${line}\n`).join(""),
    removed: removed.filter((words) => words !== null),
  };
}

function changed(before: readonly string[], after: readonly string[]): number {
  return before.filter((line, index) => line !== after[index]).length;
}

function inLines(what: string, lines: number): string | null {
  if (lines === 0) return null;
  return `${what} in ${lines} ${lines === 1 ? "line" : "lines"}`;
}

/** Empty lines at the end mean nothing, and aren't listed. */
function emptyLines(lines: readonly string[]): string | null {
  const end = lines.findLastIndex((line) => line !== "");
  const empty = lines.slice(0, end + 1).filter((line) => line === "").length;
  return empty === 0 ? null : `${empty} empty ${empty === 1 ? "line" : "lines"}`;
}
