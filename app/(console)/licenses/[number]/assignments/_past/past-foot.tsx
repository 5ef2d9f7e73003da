import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { counted } from "@/components/text/numbers";
import { Pager } from "@/components/ui/pager";

type Props = {
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
export function PastFoot({ unit, total, list, trail, next }: Props) {
  const hrefOf = (cursor: string | null) => (cursor ? `${list}&${new URLSearchParams({ cursor })}` : list);
  return (
    <>
      <span>{counted(total, unit)}</span>
      <Pager {...cursorsFrom(trail, next, hrefOf)} previousName="Newer" nextName="Older" />
    </>
  );
}
