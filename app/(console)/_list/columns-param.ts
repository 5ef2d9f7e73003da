import { createParser } from "nuqs/server";

/** The columns that a list shows, from `cols` in the URL; unknown names are ignored. */
export function columnsParam<Id extends string>(ids: readonly Id[], usual: readonly Id[] = ids) {
  return createParser<readonly Id[]>({
    parse: (text) => ids.filter((id) => namesIn(text).includes(id)),
    serialize: (columns) => columns.join(","),
    eq: (one, other) => one.join() === other.join(),
  }).withDefault(usual);
}

/** Whether a list knows every column that the URL names. */
export function knowsColumns(ids: readonly string[], text: string): boolean {
  return namesIn(text).every((name) => ids.includes(name));
}

/** An empty parameter names no columns. */
function namesIn(text: string): string[] {
  return text === "" ? [] : text.split(",");
}
