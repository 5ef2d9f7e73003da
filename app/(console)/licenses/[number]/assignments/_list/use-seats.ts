import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { type ListParams, searchOf } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { ask } from "@/components/shell/ask";
import { live } from "@/components/shell/live";
import type { SeatPage, SeatRow } from "./listed-seats";

type Pages = InfiniteData<SeatPage, string | null>;

const keyOf = (number: string, search: string, start: string | null) => ["seats", number, search, start];

/** Loads the list page by page as it scrolls, or one page of it. The server renders the first page. */
export function useSeats(
  number: string,
  params: ListParams,
  first: { page: SeatPage; search: string; cursor: string | null },
  isPaged: boolean,
) {
  const queries = useQueryClient();
  const search = searchOf(params).toString();
  const isFirst = search === first.search;
  const start = isFirst ? first.cursor : null;
  const queryKey = keyOf(number, search, start);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(number, search, pageParam, signal),
    initialPageParam: start,
    getNextPageParam: ({ cursor }) => cursor,
    initialData: isFirst ? { pages: [first.page], pageParams: [first.cursor] } : undefined,
    placeholderData: keepPreviousData,
    ...live(30_000),
    refetchInterval: false,
  });
  const [top, ...more] = query.data?.pages ?? [];
  const rows = top ? [top, ...(isPaged ? [] : more)].flatMap((page) => page.rows) : [];
  const drop = (gone: ReadonlySet<string>) =>
    queries.setQueryData<Pages>(queryKey, (pages) => pages && without(pages, gone));
  return { ...query, rows, top, start, total: top?.total ?? 0, from: top?.from ?? 0, drop };
}

function fetchPage(
  number: string,
  search: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<SeatPage> {
  const asked = new URLSearchParams(search);
  if (cursor) asked.set("cursor", cursor);
  return ask(`/licenses/${number}/assignments/rows?${asked}`, signal);
}

function without(pages: Pages, gone: ReadonlySet<string>): Pages {
  const stays = ({ instance }: SeatRow) => !gone.has(instance);
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      rows: page.rows.filter(stays),
      total: page.total - gone.size,
    })),
  };
}
