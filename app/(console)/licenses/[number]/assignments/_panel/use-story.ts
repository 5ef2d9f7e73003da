import { useQuery } from "@tanstack/react-query";
import type { SeatStory } from "./history-labels";

/** The story of a seat, which the panel and the dialogs about it share; `first` is the one that came with the page. */
export function useStory(number: string, instance: string, first?: SeatStory | null) {
  return useQuery({
    queryKey: ["seats", number, "history", instance],
    queryFn: () => fetchStory(number, instance),
    initialData: first?.instance === instance ? first : undefined,
    retry: false,
  });
}

async function fetchStory(number: string, instance: string): Promise<SeatStory> {
  const result = await fetch(
    `/licenses/${number}/assignments/history?${new URLSearchParams({ open: instance })}`,
  );
  if (!result.ok) throw new Error(`The history answered ${result.status}.`);
  return result.json();
}
