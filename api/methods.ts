type Routed = { routes: { method: string; path: string }[] };

/** Returns a function that lists the methods of a path; none if the path doesn't exist. */
export function methodsOf(app: Routed): (path: string) => string[] {
  let known: { method: string; pattern: RegExp }[] | undefined;
  return (path) => {
    known ??= app.routes.filter(({ method }) => method !== "ALL").map(patternOf);
    const found = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    const methods = new Set(found.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])));
    return [...methods].toSorted();
  };
}

function patternOf({ method, path }: Routed["routes"][number]) {
  const segments = path.split("/").map((part) => (part.startsWith(":") ? "[^/]+" : escaped(part)));
  return { method, pattern: new RegExp(`^${segments.join("/")}$`) };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
