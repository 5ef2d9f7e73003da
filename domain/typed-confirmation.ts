/** Whether someone typed the number or id that was asked for: blanks, hyphens and case do not matter. */
export function isTyped(typed: string, asked: string): boolean {
  return bare(typed) === bare(asked);
}

/** What cannot become the asked text by typing on, told by its last four characters; null while it still can. */
export function mistyped(typed: string, asked: string): { typed: string; asked: string } | null {
  if (bare(asked).startsWith(bare(typed))) return null;
  return { typed: bare(typed).slice(-4), asked: bare(asked).slice(-4) };
}

function bare(text: string): string {
  return text.replace(/[\s\u00AD\u2010-\u2013-]/g, "").toLowerCase();
}
