import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { isWhole, WHOLE } from "@/app/(console)/_list/page-cursors";
import { UnreadableResponse } from "@/components/shell/ask";
import { live } from "@/components/shell/live";
import type { UserPage } from "./user-rows";

const KEY = "users";
const AGAIN_MS = 1000;
const FRESH_MS = 30_000;
const PATIENCE_MS = 15_000;

/** The pages of a search, one at a time, or the whole of it; it asks again until all names are read. The server renders the first page. */
export function useUsers(query: string, first: UserPage) {
  const [{ search, cursors }, setPlace] = useState<{ search: string; cursors: string[] }>({
    search: query,
    cursors: [],
  });
  if (search !== query) setPlace({ search: query, cursors: [] });
  const cursor = search === query ? (cursors.at(-1) ?? null) : null;
  const isFirst = query === "" && cursor === null;
  const {
    data = first,
    isPlaceholderData,
    isError,
  } = useQuery({
    queryKey: [KEY, query, cursor],
    queryFn: ({ signal }) => fetchPage(query, cursor, signal),
    initialData: isFirst ? first : undefined,
    placeholderData: keepPreviousData,
    ...live(FRESH_MS),
    refetchInterval: ({ state }) => (state.data && state.data.waiting > 0 ? AGAIN_MS : false),
  });
  const next = data.cursor;
  return {
    page: data,
    isSearching: isPlaceholderData,
    isError,
    next: next === null ? null : () => setPlace({ search: query, cursors: [...cursors, next] }),
    previous: cursors.length === 0 ? null : () => setPlace({ search: query, cursors: cursors.slice(0, -1) }),
    isWhole: isWhole(cursor) && !isPlaceholderData,
    showWhole: () => setPlace({ search: query, cursors: [WHOLE] }),
  };
}

/** Reads the list again after a change. */
export function useUsersAgain() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [KEY] });
}

async function fetchPage(query: string, cursor: string | null, signal: AbortSignal): Promise<UserPage> {
  const result = await fetch("/users/rows", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, cursor }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  });
  if (!result.ok) throw new UnreadableResponse(result.status);
  return result.json();
}
