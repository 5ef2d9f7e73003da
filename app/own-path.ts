const HERE = "http://signet.invalid";

/** The path to continue to: a path of this console, or the start page for anything that leads elsewhere. */
export function ownPath(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/") || !URL.canParse(next, HERE)) return "/";
  const { origin, pathname, search } = new URL(next, HERE);
  return origin === HERE && !pathname.startsWith("//") ? pathname + search : "/";
}
