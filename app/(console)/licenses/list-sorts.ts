import type { ColumnSort } from "@/components/table";
import { columnSort } from "../column-sort";
import type { Orders } from "../order-field";
import type { SortedBy } from "./license-table";
import { type ListParams, listHref } from "./search-params";

/** The order that a first press asks for. */
const FIRST: Record<SortedBy, ListParams["sort"]> = {
  number: "number",
  used: "-used",
  ends: "ends",
  contact: "-contact",
};

export const LICENSE_ORDERS: Orders<ListParams["sort"]> = {
  words: {
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
  },
  usual: "-created",
  choices: ["number", "customer", "ends", "-contact", "-used"],
};

/** How each column sorts the list now, and where a press leads. */
export function sortsOf(path: string, params: ListParams): Record<SortedBy, ColumnSort> {
  const sortOf = (by: SortedBy) =>
    columnSort(params.sort, FIRST[by], (sort) => listHref(path, params, { sort }));
  return { number: sortOf("number"), used: sortOf("used"), ends: sortOf("ends"), contact: sortOf("contact") };
}
