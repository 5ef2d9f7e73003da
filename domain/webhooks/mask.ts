const MASK = "[hidden]";

/** Replaces secrets and subjects in a text, in any case, also where JSON, HTML or a URL wrote them in another way. */
export function masked(text: string, hidden: readonly string[]): string {
  const forms = [...new Set(hidden.flatMap(formsOf))].filter((form) => form !== "");
  if (forms.length === 0) return text;
  const longestFirst = forms.toSorted((one, other) => other.length - one.length);
  return text.replace(new RegExp(longestFirst.map(literal).join("|"), "giu"), MASK);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function formsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const html = text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
  const url = encodeURIComponent(Buffer.from(text).toString());
  return [text, json, JSON.stringify(json).slice(1, -1), html, url, url.replaceAll("%20", "+")];
}
