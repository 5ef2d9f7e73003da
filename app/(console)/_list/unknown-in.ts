import type { SearchParams } from "nuqs/server";

/** Counts the filters whose value in the URL is unknown and was ignored. */
export function unknownIn<Name extends string>(
  address: SearchParams,
  asked: Record<Name, unknown>,
  names: readonly Name[],
): number {
  return names.filter((name) => address[name] && String(asked[name]) !== String(address[name])).length;
}

/** Counts the filters whose value can't be parsed, such as a day; those are null. */
export function unreadableIn<Name extends string>(
  address: SearchParams,
  asked: Record<Name, unknown>,
  names: readonly Name[],
): number {
  return names.filter((name) => address[name] && asked[name] === null).length;
}
