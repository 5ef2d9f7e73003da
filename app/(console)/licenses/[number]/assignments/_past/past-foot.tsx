import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { counted } from "@/components/text/numbers";
import { Pager } from "@/components/ui/pager";

type Props = {
  /** The noun for a row, such as `rejection`. */
  unit: string;
  total: number;
  /** The URL of the first page. */
  list: string;
  /** The `cursor` in the URL, and the cursor of the next page. */
  trail: string | null;
  next: string | null;
};

/** The number of rows on all pages, and links to older and newer ones. */
export function PastFoot({ unit, total, list, trail, next }: Props) {
  const hrefOf = (cursor: string | null) => (cursor ? `${list}&${new URLSearchParams({ cursor })}` : list);
  return (
    <>
      <span>{counted(total, unit)}</span>
      <Pager {...cursorsFrom(trail, next, hrefOf)} previousName="Newer" nextName="Older" />
    </>
  );
}
