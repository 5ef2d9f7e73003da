/** The parameter with the id of the view that a page was opened from. */
export const ORIGIN = "origin";

/** Parameters that a view doesn't keep: a typed query, which may be a subject, and the position in the list. */
const PASSING = ["q", "cursor", "open", "within", "assign", "subject", "into", ORIGIN];

/** The parameters of an address that a saved view keeps, always in the same order, so that equal views have equal texts. */
export function viewSearch(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of PASSING) params.delete(name);
  params.sort();
  return params.toString();
}

/** The link to a view, which names the view as the origin of later changes; a view without filters isn't an origin. */
export function viewHref(path: string, { id, search }: { id: string; search: string }): string {
  return search ? `${path}?${search}&${new URLSearchParams({ [ORIGIN]: id })}` : path;
}

/** The same address with the view as its origin. */
export function comingFrom(address: string, id: string): string {
  const [path, search] = address.split("?");
  const params = new URLSearchParams(search);
  params.set(ORIGIN, id);
  return `${path}?${params}`;
}

/**
 * The view that an address shows, and the view that it changed: the one it came from. If several views show the same,
 * it is the one it came from too.
 */
export function viewIn<V extends { id: string; search: string }>(
  views: readonly V[],
  search: string,
): { shown: V | null; changed: V | null } {
  const here = viewSearch(search);
  const origin = new URLSearchParams(search).get(ORIGIN);
  const same = views.filter((view) => viewSearch(view.search) === here);
  const shown = same.find(({ id }) => id === origin) ?? same[0] ?? null;
  const isChange = !shown && here !== "";
  return { shown, changed: (isChange && views.find(({ id }) => id === origin)) || null };
}
