import { columnSort } from "@/app/(console)/_list/column-sort";
import type { Orders } from "@/app/(console)/_list/order-field";
import type { ColumnSort } from "@/components/ui/table";
import type { SortedBy } from "./license-table";
import { type ListParams, listHref } from "./search-params";

/** The order of the first press on a header. */
const FIRST: Record<SortedBy, ListParams["sort"]> = {
  number: "number",
  used: "-used",
  ends: "ends",
  contact: "-contact",
};

export const LICENSE_ORDERS: Orders<ListParams["sort"]> = {
  words: {
    number: "number, lowest first",
    "-number": "number, highest first",
    customer: "customer A–Z",
    "-customer": "customer Z–A",
    ends: "expires soonest",
    "-ends": "expires latest",
    created: "oldest first",
    "-created": "newest first",
    contact: "longest silent",
    "-contact": "latest contact",
    used: "least used",
    "-used": "most used",
  },
  usual: "-created",
  choices: ["number", "customer", "ends", "-contact", "-used"],
};

/** How each column sorts the list now, and the link of its header. */
export function sortsOf(path: string, params: ListParams): Record<SortedBy, ColumnSort> {
  const sortOf = (by: SortedBy) =>
    columnSort(params.sort, FIRST[by], (sort) => listHref(path, params, { sort }));
  return { number: sortOf("number"), used: sortOf("used"), ends: sortOf("ends"), contact: sortOf("contact") };
}
