import type { ColumnSort } from "@/components/ui/table";

/** How a list is sorted by one column, and where a press on its head leads: `first` is the order of a first press. */
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
