const HERE = "http://signet.invalid";

/** Where to go on: a path of this console, and the start for anything that leads elsewhere. */
export function ownPath(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/") || !URL.canParse(next, HERE)) return "/";
  const { origin, pathname, search } = new URL(next, HERE);
  return origin === HERE && !pathname.startsWith("//") ? pathname + search : "/";
}
