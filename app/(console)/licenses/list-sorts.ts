import type { ColumnSort } from "@/components/table";
import type { SortedBy } from "./license-table";
import { type ListParams, listHref } from "./search-params";

/** The order that a first press asks for. */
const FIRST: Record<SortedBy, ListParams["sort"]> = {
  number: "number",
  used: "-used",
  ends: "ends",
  contact: "-contact",
};

const WORDS: Record<string, string> = {
  number: "by number",
  "-number": "by number, the highest first",
  customer: "by customer",
  "-customer": "by customer, from the last",
  ends: "the next to end first",
  "-ends": "the last to end first",
  created: "oldest first",
  "-created": "newest first",
  contact: "the longest silent first",
  "-contact": "the latest contact first",
  used: "the least used first",
  "-used": "the most used first",
};

/** How each column sorts the list now, and where a press leads. */
export function sortsOf(path: string, params: ListParams): Record<SortedBy, ColumnSort> {
  const sortOf = (by: SortedBy): ColumnSort => {
    const { sort } = params;
    const isHere = sort.replace("-", "") === by;
    const order = !isHere ? "none" : sort.startsWith("-") ? "descending" : "ascending";
    return { order, href: listHref(path, params, { sort: isHere ? turned(sort) : FIRST[by] }) };
  };
  return { number: sortOf("number"), used: sortOf("used"), ends: sortOf("ends"), contact: sortOf("contact") };
}

export function orderInWords(sort: ListParams["sort"]): string {
  return WORDS[sort] ?? "";
}

function turned(sort: ListParams["sort"]): ListParams["sort"] {
  const other = sort.startsWith("-") ? sort.slice(1) : `-${sort}`;
  return other as ListParams["sort"]; // Every sort has its reverse.
}
