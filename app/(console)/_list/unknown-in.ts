import type { SearchParams } from "nuqs/server";

/** How many of these filters an address says in a way that is not known here, and that was left out. */
export function unknownIn<Name extends string>(
  address: SearchParams,
  asked: Record<Name, unknown>,
  names: readonly Name[],
): number {
  return names.filter((name) => address[name] && String(asked[name]) !== String(address[name])).length;
}

/** The same of filters that are read into something else than a word, such as a day: null where they can't be read. */
export function unreadableIn<Name extends string>(
  address: SearchParams,
  asked: Record<Name, unknown>,
  names: readonly Name[],
): number {
  return names.filter((name) => address[name] && asked[name] === null).length;
}
