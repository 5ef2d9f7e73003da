/** The characters that start a formula in a spreadsheet, including full-width ones. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
/** Texts that a spreadsheet reads as a number and rewrites: over 11 digits, leading zeros, powers of ten. */
const REWRITTEN = /^\s*(?:\d{12,}|0\d+|\d+(?:\.\d*)?[eE][+-]?\d+)\s*$/;
const APOSTROPHES = /^'+/;

/** A text as a cell of an export. An apostrophe precedes texts that a spreadsheet would compute or rewrite. */
export function guarded(text: string): string {
  return needsGuard(text) ? `'${text}` : text;
}

/** The original text of a guarded cell. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && needsGuard(cell.slice(1)) ? cell.slice(1) : cell;
}

/** Also guards texts that look guarded already; they would lose their own apostrophe when read again. */
function needsGuard(text: string): boolean {
  const bare = text.replace(APOSTROPHES, "");
  return FORMULA.test(bare) || REWRITTEN.test(bare);
}
