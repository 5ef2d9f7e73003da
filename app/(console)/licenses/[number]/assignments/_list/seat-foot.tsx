import { cursorsFrom, isWhole, WHOLE } from "@/app/(console)/_list/page-cursors";
import { hrefOf, type ListParams } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { count, counted } from "@/components/text/numbers";
import { ListLook } from "@/components/ui/list-look";
import { Pager } from "@/components/ui/pager";
import { TextLink } from "@/components/ui/text-link";
import type { useSeats } from "./use-seats";

type Props = {
  list: string;
  /** The filters, the sort and the columns of the list. */
  shown: Parameters<typeof hrefOf>[1] & Pick<ListParams, "sort">;
  seats: ReturnType<typeof useSeats>;
  isNarrowed: boolean;
  /** Whether the list is paged for everybody, not only without JavaScript. */
  isPaged: boolean;
};

const BY_AGE = { previousName: "Newer", nextName: "Older" };
const BY_POSITION = { previousName: "Previous page", nextName: "Next page" };

/** The number of seats, and links to other pages for readers who don't scroll. */
export function SeatFoot({ list, shown, seats, isNarrowed, isPaged }: Props) {
  const { rows, total, from, top, start } = seats;
  const whole = hrefOf(list, { ...shown, cursor: WHOLE });
  const first = from > 0 ? hrefOf(list, shown) : null;
  const pager = (
    <Pager
      first={isPaged ? first : null}
      previous={first && hrefOf(list, { ...shown, cursor: top?.before })}
      next={top?.cursor ? hrefOf(list, { ...shown, cursor: top.cursor }) : null}
      whole={whole}
      {...(shown.sort === "-created" ? BY_AGE : BY_POSITION)}
    />
  );
  return (
    <>
      <span>
        {isPaged && rows.length < total ? `${count(from + 1)} to ${count(from + rows.length)} of ` : ""}
        {counted(total, "assignment")}
        {isNarrowed ? " match" : ""} · {top?.taken}
      </span>
      {isWhole(start) ? (
        <Pager {...cursorsFrom(start, top?.cursor ?? null, () => hrefOf(list, shown))} {...BY_AGE} />
      ) : isPaged ? (
        pager
      ) : (
        <noscript>{pager}</noscript>
      )}
      {first && !isPaged ? <TextLink href={first}>First page</TextLink> : null}
      {seats.isFetchingNextPage ? <span>Loading more</span> : <ListLook />}
    </>
  );
}
