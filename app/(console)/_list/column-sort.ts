import type { ColumnSort } from "@/components/ui/table";

/** How a column sorts the list now, and the link of its header; `first` is the order of the first press. */
export function columnSort<Sort extends string>(
  sort: Sort,
  first: Sort,
  hrefOf: (sort: Sort) => string,
): ColumnSort {
  if (sort.replace("-", "") !== first.replace("-", "")) return { order: "none", href: hrefOf(first) };
  const isDown = sort.startsWith("-");
  const turned = (isDown ? sort.slice(1) : `-${sort}`) as Sort; // every sort has its reverse
  return { order: isDown ? "descending" : "ascending", href: hrefOf(turned) };
}
