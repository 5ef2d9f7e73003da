const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** Well-formed Unicode without control characters, at most `max` characters (code points); may be empty. */
export function isPlainText(text: unknown, max = 200): text is string {
  if (typeof text !== "string" || text.length > 2 * max) return false;
  if (UNPRINTABLE.test(text)) return false;
  return text.length <= max || [...text].length <= max;
}
