/** Whether the typed number or id matches the asked one: spaces, hyphens and case don't count. */
export function isTyped(typed: string, asked: string): boolean {
  return bare(typed) === bare(asked);
}

/** A typing error that further typing can't fix, with the last four characters; null while the text can still match. */
export function mistyped(typed: string, asked: string): { typed: string; asked: string } | null {
  if (bare(asked).startsWith(bare(typed))) return null;
  return { typed: bare(typed).slice(-4), asked: bare(asked).slice(-4) };
}

function bare(text: string): string {
  return text.replace(/[\s\u00AD\u2010-\u2013-]/g, "").toLowerCase();
}
