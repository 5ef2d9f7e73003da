import { createParser } from "nuqs/server";

/** Which of its columns a list shows: `cols` of an address, where names that the list does not know are left out. */
export function columnsParam<Id extends string>(ids: readonly Id[], usual: readonly Id[] = ids) {
  return createParser<readonly Id[]>({
    parse: (text) => ids.filter((id) => namesIn(text).includes(id)),
    serialize: (columns) => columns.join(","),
    eq: (one, other) => one.join() === other.join(),
  }).withDefault(usual);
}

/** Whether a list knows every column that an address names. */
export function knowsColumns(ids: readonly string[], text: string): boolean {
  return namesIn(text).every((name) => ids.includes(name));
}

/** An address that names none asks for none. */
function namesIn(text: string): string[] {
  return text === "" ? [] : text.split(",");
}
