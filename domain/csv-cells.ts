/** What a spreadsheet takes for the beginning of a formula, also in full width. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
/** What it takes for a number that it then writes in another way: over 11 digits, a zero in front, powers of ten. */
const REWRITTEN = /^\s*(?:\d{12,}|0\d+|\d+(?:\.\d*)?[eE][+-]?\d+)\s*$/;
const APOSTROPHES = /^'+/;

/** A text as a cell of an export. An apostrophe stands before what a spreadsheet would compute or rewrite. */
export function guarded(text: string): string {
  return needsGuard(text) ? `'${text}` : text;
}

/** A cell as it was before it was guarded. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && needsGuard(cell.slice(1)) ? cell.slice(1) : cell;
}

/** Also a text that looks guarded already, or it would lose its own apostrophe when it is read again. */
function needsGuard(text: string): boolean {
  const bare = text.replace(APOSTROPHES, "");
  return FORMULA.test(bare) || REWRITTEN.test(bare);
}
