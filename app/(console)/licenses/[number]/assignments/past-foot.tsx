import { counted } from "@/components/numbers";
import { Pager } from "@/components/pager";
import { waysFrom } from "../../../page-ways";

type Parts = {
  /** What a row is: `rejection`. */
  unit: string;
  total: number;
  /** The address of the first page. */
  list: string;
  /** The `cursor` of the address, and that of the page after this one. */
  trail: string | null;
  next: string | null;
};

/** How many rows there are on all pages, and the ways to the older and the newer ones. */
export function PastFoot({ unit, total, list, trail, next }: Parts) {
  const hrefOf = (cursor: string | null) => (cursor ? `${list}&${new URLSearchParams({ cursor })}` : list);
  return (
    <>
      <span>{counted(total, unit)}</span>
      <Pager {...waysFrom(trail, next, hrefOf)} previousName="Newer" nextName="Older" />
    </>
  );
}
