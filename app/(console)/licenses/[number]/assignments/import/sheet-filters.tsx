import { count } from "@/components/text/numbers";
import styles from "./import.module.css";
import type { SheetFilter } from "./import-sheet";
import { FILTERS } from "./row-labels";

type Props = {
  counts: ReadonlyMap<SheetFilter, number>;
  filter: SheetFilter;
  choose(filter: SheetFilter): void;
};

/** The number of rows with each result; each is also a filter. */
export function SheetFilters({ counts, filter, choose }: Props) {
  return (
    <fieldset className={styles.filters}>
      <legend>Rows</legend>
      {FILTERS.filter(({ filter: one }) => counts.has(one) || one === filter).map(({ filter: one, name }) => (
        <button key={one} type="button" aria-pressed={one === filter} onClick={() => choose(one)}>
          {name} <span>{count(counts.get(one) ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  );
}
