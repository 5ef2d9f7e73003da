/** The part of an address that says by its id which view one came from. */
export const ORIGIN = "origin";

/** What an address says that a view does not keep: what was typed, which may be a subject, and the place in the list. */
const PASSING = ["q", "cursor", "open", "within", "assign", "subject", "into", ORIGIN];

/** What a saved view keeps of the search of an address, always in one order, so that two equal views read the same. */
export function viewSearch(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of PASSING) params.delete(name);
  params.sort();
  return params.toString();
}

/** Leads to a view, and says that it is the origin of what is changed there; one that narrows nothing is none. */
export function viewHref(path: string, { id, search }: { id: string; search: string }): string {
  return search ? `${path}?${search}&${new URLSearchParams({ [ORIGIN]: id })}` : path;
}

/** The same address, which says now that it came from a view. */
export function comingFrom(address: string, id: string): string {
  const [path, search] = address.split("?");
  const params = new URLSearchParams(search);
  params.set(ORIGIN, id);
  return `${path}?${params}`;
}

/**
 * Which view an address shows, and which one it changed: that is the one it came from. Of several that show the same, it
 * is the one it came from too.
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
