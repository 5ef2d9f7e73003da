import type { Expected } from "./model";
import type { Fields } from "./terms";

/** What of a reply isn't as expected; null if everything is. Fields that aren't expected may be there. */
export function difference(
  expected: Expected,
  { status, body }: { status: number; body: Fields },
): string | null {
  const isRead = expected.status === 200 && status === 304;
  if (status !== expected.status && !isRead)
    return `status ${status}, not ${expected.status}: ${JSON.stringify(body)}`;
  return isRead ? null : unlike(expected.body ?? {}, body, "");
}

function unlike(expected: unknown, found: unknown, path: string): string | null {
  if (Array.isArray(expected)) return unlikeLists(expected, found, path);
  if (typeof expected === "object" && expected !== null)
    return first(Object.entries(expected), ([name, value]) =>
      unlike(value, (found as Fields | null)?.[name], `${path}/${name}`),
    );
  if (path.endsWith("/rejection"))
    return expected === String(found).split(":")[0] ? null : told(expected, found, path);
  return expected === found ? null : told(expected, found, path);
}

function unlikeLists(expected: unknown[], found: unknown, path: string): string | null {
  if (!Array.isArray(found) || found.length !== expected.length) return told(expected, found, path);
  return first([...expected.entries()], ([nth, value]) => unlike(value, found[nth], `${path}/${nth}`));
}

function first<Item>(items: Item[], look: (item: Item) => string | null): string | null {
  for (const item of items) {
    const seen = look(item);
    if (seen) return seen;
  }
  return null;
}

function told(expected: unknown, found: unknown, path: string): string {
  return `${path} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
}
