import { counted } from "@/components/numbers";
import { Pager } from "@/components/pager";

type Parts = {
  /** What a row is: `rejection`. */
  unit: string;
  total: number;
  /** The address of the first page. */
  list: string;
  isFirst: boolean;
  cursor: string | null;
};

/** How many rows there are on all pages, and the way to the older ones. */
export function PastFoot({ unit, total, list, isFirst, cursor }: Parts) {
  const next = cursor ? `${list}&${new URLSearchParams({ cursor })}` : null;
  return (
    <>
      <span>{counted(total, unit)}</span>
      <Pager first={isFirst ? null : list} next={next} nextName="Older" />
    </>
  );
}
