/** What an address says that a view does not keep: what was typed, which may be a subject, and the place in the list. */
const PASSING = ["q", "cursor", "open", "assign", "subject", "into"];

/** What a saved view keeps of the search of an address, always in one order, so that two equal views read the same. */
export function viewSearch(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of PASSING) params.delete(name);
  params.sort();
  return params.toString();
}
