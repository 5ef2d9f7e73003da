import { useQuery } from "@tanstack/react-query";
import { ask } from "@/components/shell/ask";
import { live } from "@/components/shell/live";
import type { RequestPage } from "./listed-requests";

const PULSE_MS = 30_000;

/** The requests of a license, refreshed as they arrive; the notice and the table of a page share them. */
export function useRequests(number: string, first: RequestPage): RequestPage {
  const { data } = useQuery({
    queryKey: ["dual-use", number],
    queryFn: ({ signal }) => ask<RequestPage>(`/licenses/${number}/deployments/dual-use/live`, signal),
    initialData: first,
    initialDataUpdatedAt: Date.parse(first.at),
    ...live(PULSE_MS),
  });
  return data;
}

export function waitingIn({ rows }: RequestPage): number {
  return rows.filter(({ state }) => state === "waiting").length;
}
